/*
 * A small VDI in one process, for tests: sets by name, their states, queues, buffers, and both halves of the interface as
 * plain C functions. The peers beside it give it the faces of the native libraries; statement.h plays a statement on any of them.
 *
 * Semantics are those of VDI reference 3.4 to 3.9, 7 and 11. Left out: the server interface of SQL
 * Server 7.0, other processes, and rights. One lock guards everything; nothing is called back under it.
 */
#ifndef SQLVDI_PEER_CORE_H
#define SQLVDI_PEER_CORE_H

#include "export.h"
#include "vdi.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct CoreClient CoreClient;
typedef struct CoreClientDevice CoreClientDevice;
typedef struct CoreServer CoreServer;
typedef struct CoreServerDevice CoreServerDevice;

/* ---- the client half; a time-out below 0 waits without limit ---- */

CoreClient *core_client_new(void);
/* Closes first if need be. */
void core_client_free(CoreClient *client);
int32_t core_client_create(CoreClient *client, const uint16_t *instance, const uint16_t *name, const VDConfig *config);
int32_t core_client_join(CoreClient *client, const uint16_t *instance, const uint16_t *name);
int32_t core_client_get_configuration(CoreClient *client, int64_t millis, VDConfig *config);
int32_t core_client_open_device(CoreClient *client, const uint16_t *name, CoreClientDevice **device);
int32_t core_client_get_handle(CoreClient *client, const uint8_t *buffer, uint32_t *handle);
int32_t core_client_map_handle(CoreClient *client, uint32_t handle, uint8_t **buffer);
int32_t core_client_abort(CoreClient *client);
int32_t core_client_close(CoreClient *client);

int32_t core_device_get_command(CoreClientDevice *device, int64_t millis, VDC_Command **command);
int32_t core_device_complete(CoreClientDevice *device, VDC_Command *command, uint32_t code, uint64_t bytes,
    uint64_t position);
/* The device may outlive its set; it answers VD_E_PROTOCOL then. */
void core_device_free(CoreClientDevice *device);

/* ---- the server half ---- */

CoreServer *core_server_new(void);
void core_server_free(CoreServer *server);
int32_t core_server_open(CoreServer *server, const uint16_t *instance, const uint16_t *name);
int32_t core_server_get_configuration(CoreServer *server, VDConfig *config);
int32_t core_server_begin(CoreServer *server, uint32_t features, uint32_t block, uint32_t alignment, uint32_t transfer);
int32_t core_server_request(CoreServer *server, uint32_t size, uint32_t alignment, uint32_t count);
int32_t core_server_query(CoreServer *server, uint32_t size, uint32_t alignment, uint32_t *count);
int32_t core_server_end(CoreServer *server);
int32_t core_server_run_agent(CoreServer *server);
int32_t core_server_open_device(CoreServer *server, const uint16_t *name, CoreServerDevice **device);
int32_t core_server_allocate(CoreServer *server, uint8_t **buffer, uint32_t size, uint32_t alignment);
int32_t core_server_release_buffer(CoreServer *server, uint8_t *buffer, uint32_t size);
int32_t core_server_is_shared(CoreServer *server, const uint8_t *address);
int32_t core_server_abort(CoreServer *server);
int32_t core_server_close(CoreServer *server);

int32_t core_server_device_send(CoreServerDevice *device, VDS_Command *command);
int32_t core_server_device_close(CoreServerDevice *device);
void core_server_device_free(CoreServerDevice *device);

/* How many objects of this file exist: 0 when every caller gave back what it got. */
PEER_EXPORT int32_t peer_live_objects(void);

#ifdef __cplusplus
}
#endif

#endif
