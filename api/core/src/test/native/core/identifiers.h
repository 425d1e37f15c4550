/* Identifiers of interfaces and classes (VDI reference 3.1) as the 16 bytes that are in memory. */
#ifndef SQLVDI_PEER_IDENTIFIERS_H
#define SQLVDI_PEER_IDENTIFIERS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define GUID_BYTES 16
#define OF_1998(first) {first, 0x04, 0x70, 0x40, 0x80, 0x00, 0xd2, 0x11, 0x85, 0x1f, 0x00, 0xc0, 0x4f, 0xc2, 0x17, 0x59}
#define OF_1997(first) {first, 0xa1, 0xe7, 0xb5, 0xbd, 0xa7, 0xd1, 0x11, 0x84, 0xc2, 0x00, 0xc0, 0x4f, 0xc2, 0x17, 0x59}
#define OF_COM(first) {first, 0, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46}

static const uint8_t iid_unknown[GUID_BYTES] = OF_COM(0);
static const uint8_t iid_class_factory[GUID_BYTES] = OF_COM(1);
static const uint8_t iid_client_device[GUID_BYTES] = OF_1998(0x24);
static const uint8_t iid_client_set[GUID_BYTES] = OF_1998(0x25);
static const uint8_t iid_client_set2[GUID_BYTES] = {
    0x07, 0xeb, 0xe6, 0xd0, 0x62, 0x7a, 0xd2, 0x11, 0x85, 0x73, 0x00, 0xc0, 0x4f, 0xc2, 0x17, 0x59};
static const uint8_t iid_server_device[GUID_BYTES] = OF_1997(0x31);
static const uint8_t iid_server_set2[GUID_BYTES] = {
    0xd6, 0xd0, 0xcb, 0xae, 0xc6, 0x24, 0xd3, 0x11, 0x85, 0xb7, 0x00, 0xc0, 0x4f, 0xc2, 0x17, 0x59};
static const uint8_t clsid_client_set[GUID_BYTES] = OF_1998(0x25);
static const uint8_t clsid_server_set[GUID_BYTES] = OF_1997(0x32);

static inline bool guid_equals(const uint8_t *one, const uint8_t *other) {
    return memcmp(one, other, GUID_BYTES) == 0;
}

#endif
