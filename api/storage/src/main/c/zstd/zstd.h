/*
 * The functions of libzstd 1.4 and later that this project calls, declared as in the library's own header of the same name
 * (https://facebook.github.io/zstd/zstd_manual.html). jextract makes the Java bindings from it, see ../../../../regenerate.
 *
 * size_t is written as a type of 64 bits: bindings that are generated on one system are then right for every 64-bit system.
 */
#ifndef SQLVDI_ZSTD_H
#define SQLVDI_ZSTD_H

typedef unsigned long long zstd_size; /* size_t */

typedef struct ZSTD_CCtx_s ZSTD_CCtx;
typedef struct ZSTD_DCtx_s ZSTD_DCtx;

typedef struct ZSTD_inBuffer_s {
    const void *src;
    zstd_size size;
    zstd_size pos;
} ZSTD_inBuffer;

typedef struct ZSTD_outBuffer_s {
    void *dst;
    zstd_size size;
    zstd_size pos;
} ZSTD_outBuffer;

/* ZSTD_cParameter */
#define ZSTD_c_compressionLevel 100
#define ZSTD_c_windowLog 101
#define ZSTD_c_contentSizeFlag 200
#define ZSTD_c_checksumFlag 201

/* ZSTD_dParameter */
#define ZSTD_d_windowLogMax 100

/* ZSTD_ResetDirective */
#define ZSTD_reset_session_only 1

/* ZSTD_EndDirective */
#define ZSTD_e_continue 0
#define ZSTD_e_end 2

const char *ZSTD_versionString(void);
unsigned ZSTD_isError(zstd_size code);
const char *ZSTD_getErrorName(zstd_size code);

ZSTD_CCtx *ZSTD_createCCtx(void);
zstd_size ZSTD_freeCCtx(ZSTD_CCtx *cctx);
zstd_size ZSTD_sizeof_CCtx(const ZSTD_CCtx *cctx);
zstd_size ZSTD_CCtx_setParameter(ZSTD_CCtx *cctx, int param, int value);
zstd_size ZSTD_CCtx_reset(ZSTD_CCtx *cctx, int reset);
zstd_size ZSTD_compressBound(zstd_size srcSize);
zstd_size ZSTD_compressStream2(ZSTD_CCtx *cctx, ZSTD_outBuffer *output, ZSTD_inBuffer *input, int endOp);

ZSTD_DCtx *ZSTD_createDCtx(void);
zstd_size ZSTD_freeDCtx(ZSTD_DCtx *dctx);
zstd_size ZSTD_DCtx_setParameter(ZSTD_DCtx *dctx, int param, int value);
zstd_size ZSTD_DCtx_reset(ZSTD_DCtx *dctx, int reset);
zstd_size ZSTD_decompressDCtx(ZSTD_DCtx *dctx, void *dst, zstd_size dstCapacity, const void *src, zstd_size srcSize);
zstd_size ZSTD_decompressStream(ZSTD_DCtx *dctx, ZSTD_outBuffer *output, ZSTD_inBuffer *input);

#endif
