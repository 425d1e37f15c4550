/*
 * Plays the server's part of one statement on threads of its own, through the vtables of a server set that it is given: a
 * backup of, or a restore to, data that a formula gives, over all devices of a set, with a failure where one is asked for.
 */
#ifndef SQLVDI_PEER_STATEMENT_H
#define SQLVDI_PEER_STATEMENT_H

#include "export.h"
#include "vdi.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    PEER_FAULT_NONE = 0,
    PEER_FAULT_ABORT = 1, /* the server signals an abort */
    PEER_FAULT_STALL = 2  /* the server sends nothing more until the set is aborted */
};

typedef struct PeerPlan {
    uint32_t restore;       /*  0: 1 for a restore, 0 for a backup */
    uint32_t devices;       /*  4: as many as the set has; named "<set>", "<set>-1", "<set>-2" ... */
    uint32_t transfer_size; /*  8: bytes of a command, a multiple of 512 */
    uint32_t buffers;       /* 12: commands outstanding on a device */
    uint64_t bytes;         /* 16: of each device, a multiple of 512 */
    uint64_t seed;          /* 24: of the data */
    uint32_t fault;         /* 32: PEER_FAULT_ */
    uint32_t unused;        /* 36 */
    uint64_t fault_at;      /* 40: bytes sent on a device when it strikes */
} PeerPlan;

typedef struct PeerVerdict {
    int32_t result;           /*  0: of the first call that failed, else 0 */
    uint32_t completion_code; /*  4: the first that was not 0 */
    uint64_t bytes;           /*  8: completed with success, of all devices */
    uint64_t wrong_words;     /* 16: of a restore, 8-byte words that are not those of the formula */
    uint64_t references;      /* 24: what the last Release of the server's objects left, added up */
} PeerVerdict;

typedef struct PeerStatement PeerStatement;

/* Starts a statement on an existing set. The server object is the statement's from now on. NULL: no memory. */
PEER_EXPORT PeerStatement *peer_statement_start(IServerVirtualDeviceSet2 *server, const uint16_t *name,
    const PeerPlan *plan);

/* Waits for its end, at most the given time. 0: ended, the verdict is given and the statement freed; VD_E_TIMEOUT. */
PEER_EXPORT int32_t peer_statement_wait(PeerStatement *statement, uint32_t millis, PeerVerdict *verdict);

/* The word of 8 bytes at an index of a device's data. */
PEER_EXPORT uint64_t peer_word(uint64_t seed, uint32_t device, uint64_t index);

#ifdef __cplusplus
}
#endif

#endif
