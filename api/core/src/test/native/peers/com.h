/* The COM faces of the core in C, shared by the library of COM classes and by tests of the C++ classes of Linux. */
#ifndef SQLVDI_PEER_COM_H
#define SQLVDI_PEER_COM_H

#include "core.h"

#ifdef __cplusplus
extern "C" {
#endif

#define CLASS_E_NOAGGREGATION 0x80040110u

/* Each gives an object with one reference, NULL when there is no memory. */
IClientVirtualDeviceSet2 *com_client_set_new(void);
PEER_EXPORT IServerVirtualDeviceSet2 *peer_create_server_set(void);

#ifdef __cplusplus
}
#endif

#endif
