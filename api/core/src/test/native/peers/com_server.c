/* The server's COM objects in C: the compiler lays out the vtables by vdi.h. */
#include "unknown.h"

typedef struct ServerDevice {
    IServerVirtualDevice face;
    atomic_uint references;
    CoreServerDevice *core;
} ServerDevice;

typedef struct ServerSet {
    IServerVirtualDeviceSet2 face;
    atomic_uint references;
    CoreServer *core;
} ServerSet;

/* ---- IServerVirtualDevice ---- */

UNKNOWN(device, ServerDevice, core_server_device_free, iid_server_device)

static int32_t device_send(IServerVirtualDevice *self, VDS_Command *command) {
    return core_server_device_send(((ServerDevice *) self)->core, command);
}

static int32_t device_close(IServerVirtualDevice *self) {
    return core_server_device_close(((ServerDevice *) self)->core);
}

static const IServerVirtualDeviceVtbl device_vtbl = {
    device_query, device_add_ref, device_release, device_send, device_close};

/* ---- IServerVirtualDeviceSet2 ---- */

static CoreServer *set_of(IServerVirtualDeviceSet2 *self) {
    return ((ServerSet *) self)->core;
}

UNKNOWN(set, ServerSet, core_server_free, iid_server_set2)

static int32_t set_open(IServerVirtualDeviceSet2 *self, const uint16_t *instance, const uint16_t *name) {
    return core_server_open(set_of(self), instance, name);
}

static int32_t set_get_configuration(IServerVirtualDeviceSet2 *self, VDConfig *config) {
    return core_server_get_configuration(set_of(self), config);
}

/* The time-out bounds a wait for areas of the client's, which no published method declares. */
static int32_t set_begin(IServerVirtualDeviceSet2 *self, uint32_t features, uint32_t block, uint32_t alignment,
    uint32_t transfer, uint32_t timeout) {
    (void) timeout;
    return core_server_begin(set_of(self), features, block, alignment, transfer);
}

static int32_t set_end(IServerVirtualDeviceSet2 *self) {
    return core_server_end(set_of(self));
}

static int32_t set_request(IServerVirtualDeviceSet2 *self, uint32_t size, uint32_t alignment, uint32_t count) {
    return core_server_request(set_of(self), size, alignment, count);
}

static int32_t set_query_available(IServerVirtualDeviceSet2 *self, uint32_t size, uint32_t alignment, uint32_t *count) {
    return core_server_query(set_of(self), size, alignment, count);
}

static int32_t set_run_agent(IServerVirtualDeviceSet2 *self) {
    return core_server_run_agent(set_of(self));
}

static int32_t set_open_device(IServerVirtualDeviceSet2 *self, const uint16_t *name, IServerVirtualDevice **out) {
    if (out != NULL) {
        *out = NULL;
    }
    ServerDevice *device = calloc(1, sizeof *device);
    if (device == NULL) {
        return (int32_t) VD_E_MEMORY;
    }
    int32_t result = core_server_open_device(set_of(self), name, out == NULL ? NULL : &device->core);
    if (result != 0) {
        free(device);
        return result;
    }
    device->face.lpVtbl = &device_vtbl;
    atomic_init(&device->references, 1);
    *out = &device->face;
    return 0;
}

static int32_t set_allocate(IServerVirtualDeviceSet2 *self, uint8_t **buffer, uint32_t size, uint32_t alignment) {
    return core_server_allocate(set_of(self), buffer, size, alignment);
}

static int32_t set_free_buffer(IServerVirtualDeviceSet2 *self, uint8_t *buffer, uint32_t size) {
    return core_server_release_buffer(set_of(self), buffer, size);
}

static int32_t set_is_shared(IServerVirtualDeviceSet2 *self, uint8_t *address) {
    return core_server_is_shared(set_of(self), address);
}

static int32_t set_signal_abort(IServerVirtualDeviceSet2 *self) {
    return core_server_abort(set_of(self));
}

static int32_t set_close(IServerVirtualDeviceSet2 *self) {
    return core_server_close(set_of(self));
}

static const IServerVirtualDeviceSet2Vtbl set_vtbl = {
    set_query, set_add_ref, set_release, set_open, set_get_configuration, set_begin, set_end, set_request,
    set_query_available, set_run_agent, set_open_device, set_allocate, set_free_buffer, set_is_shared, set_signal_abort,
    set_close};

IServerVirtualDeviceSet2 *peer_create_server_set(void) {
    ServerSet *set = calloc(1, sizeof *set);
    if (set == NULL) {
        return NULL;
    }
    set->face.lpVtbl = &set_vtbl;
    atomic_init(&set->references, 1);
    set->core = core_server_new();
    return &set->face;
}
