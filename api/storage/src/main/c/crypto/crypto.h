/*
 * What this artifact calls of OpenSSL's libcrypto, version 3: an authenticated cipher through EVP.
 *
 * Written from the manual pages EVP_EncryptInit(3) and OpenSSL_version(3). Structures are opaque there too. All types have
 * the same width on every machine.
 */
#ifndef SQLVDI_CRYPTO_H
#define SQLVDI_CRYPTO_H

typedef struct evp_cipher_ctx_st EVP_CIPHER_CTX;
typedef struct evp_cipher_st EVP_CIPHER;

#define OPENSSL_VERSION 0

/* Types of EVP_CIPHER_CTX_ctrl for an authenticated cipher: its tag. */
#define EVP_CTRL_AEAD_GET_TAG 0x10
#define EVP_CTRL_AEAD_SET_TAG 0x11

const char *OpenSSL_version(int type);

const EVP_CIPHER *EVP_chacha20_poly1305(void);

EVP_CIPHER_CTX *EVP_CIPHER_CTX_new(void);

/* Clears what the context holds of the key, then frees it. */
void EVP_CIPHER_CTX_free(EVP_CIPHER_CTX *ctx);

/* The functions below return 1 for success; EVP_CipherFinal_ex also returns another value where a tag is wrong. */

/* enc: 1 encrypts, 0 decrypts. Parts that are NULL stay as they are. */
int EVP_CipherInit_ex(EVP_CIPHER_CTX *ctx, const EVP_CIPHER *type, void *impl, const unsigned char *key,
                      const unsigned char *iv, int enc);

int EVP_CipherUpdate(EVP_CIPHER_CTX *ctx, unsigned char *out, int *outl, const unsigned char *in, int inl);

int EVP_CipherFinal_ex(EVP_CIPHER_CTX *ctx, unsigned char *outm, int *outl);

int EVP_CIPHER_CTX_ctrl(EVP_CIPHER_CTX *ctx, int type, int arg, void *ptr);

#endif
