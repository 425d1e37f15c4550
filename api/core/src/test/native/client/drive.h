/*
 * Drives both halves of somebody's VDI through their vtables, from threads that C makes: a client with a thread for each
 * device here, the server's part by statement.h.
 */
#ifndef SQLVDI_PEER_DRIVE_H
#define SQLVDI_PEER_DRIVE_H

#include "statement.h"

typedef struct DriveReport {
    int32_t result;        /*  0: of the first call of the client that gave what it should not, else 0 */
    uint32_t end_result;   /*  4: 0 when peer_statement_wait gave the verdict */
    uint64_t commands;     /*  8: reads and writes that the client completed */
    uint64_t wrong_words;  /* 16: of a backup, 8-byte words that are not those of the formula */
    PeerVerdict verdict;   /* 24: the server's */
    uint32_t client_count; /* 56: references on the client set after this code gave back its own */
    uint32_t device_count; /* 60: what the last Release of the client's devices left, added up */
} DriveReport;

/* Runs one statement to its end. The client object stays the caller's, the server object is given away. */
PEER_EXPORT void peer_drive(IClientVirtualDeviceSet2 *client, IServerVirtualDeviceSet2 *server, const uint16_t *name,
    const PeerPlan *plan, DriveReport *report);

#endif
