/* The client's COM objects in C: the compiler lays out the vtables by vdi.h. */
#include "unknown.h"

typedef struct ClientDevice {
    IClientVirtualDevice face;
    atomic_uint references;
    CoreClientDevice *core;
} ClientDevice;

typedef struct ClientSet {
    IClientVirtualDeviceSet2 face;
    atomic_uint references;
    CoreClient *core;
} ClientSet;

static int64_t as_millis(uint32_t timeout) {
    return timeout == INFINITE ? -1 : (int64_t) timeout;
}

/* ---- IClientVirtualDevice ---- */

static CoreClientDevice *device_of(IClientVirtualDevice *self) {
    return ((ClientDevice *) self)->core;
}

UNKNOWN(device, ClientDevice, core_device_free, iid_client_device)

static int32_t device_get_command(IClientVirtualDevice *self, uint32_t timeout, VDC_Command **command) {
    return core_device_get_command(device_of(self), as_millis(timeout), command);
}

static int32_t device_complete(IClientVirtualDevice *self, VDC_Command *command, uint32_t code, uint32_t bytes,
    unsigned long long position) {
    return core_device_complete(device_of(self), command, code, bytes, position);
}

static const IClientVirtualDeviceVtbl device_vtbl = {
    device_query, device_add_ref, device_release, device_get_command, device_complete};

/* ---- IClientVirtualDeviceSet and IClientVirtualDeviceSet2 ---- */

static CoreClient *set_of(void *self) {
    return ((ClientSet *) self)->core;
}

UNKNOWN(set, ClientSet, core_client_free, iid_client_set, iid_client_set2)

static int32_t set_create(IClientVirtualDeviceSet *self, const uint16_t *name, VDConfig *config) {
    return core_client_create(set_of(self), NULL, name, config);
}

static int32_t set_get_configuration(IClientVirtualDeviceSet *self, uint32_t timeout, VDConfig *config) {
    return core_client_get_configuration(set_of(self), as_millis(timeout), config);
}

static int32_t set_open_device(IClientVirtualDeviceSet *self, const uint16_t *name, IClientVirtualDevice **out) {
    if (out != NULL) {
        *out = NULL;
    }
    ClientDevice *device = calloc(1, sizeof *device);
    if (device == NULL) {
        return (int32_t) VD_E_MEMORY;
    }
    int32_t result = core_client_open_device(set_of(self), name, out == NULL ? NULL : &device->core);
    if (result != 0) {
        free(device);
        return result;
    }
    device->face.lpVtbl = &device_vtbl;
    atomic_init(&device->references, 1);
    *out = &device->face;
    return 0;
}

static int32_t set_close(IClientVirtualDeviceSet *self) {
    return core_client_close(set_of(self));
}

static int32_t set_signal_abort(IClientVirtualDeviceSet *self) {
    return core_client_abort(set_of(self));
}

static int32_t set_open_in_secondary(IClientVirtualDeviceSet *self, const uint16_t *name) {
    return core_client_join(set_of(self), NULL, name);
}

static int32_t set_get_buffer_handle(IClientVirtualDeviceSet *self, uint8_t *buffer, uint32_t *handle) {
    return core_client_get_handle(set_of(self), buffer, handle);
}

static int32_t set_map_buffer_handle(IClientVirtualDeviceSet *self, uint32_t handle, uint8_t **buffer) {
    return core_client_map_handle(set_of(self), handle, buffer);
}

static int32_t set_create_ex(IClientVirtualDeviceSet2 *self, const uint16_t *instance, const uint16_t *name,
    VDConfig *config) {
    return core_client_create(set_of(self), instance, name, config);
}

static int32_t set_open_in_secondary_ex(IClientVirtualDeviceSet2 *self, const uint16_t *instance, const uint16_t *name) {
    return core_client_join(set_of(self), instance, name);
}

static const IClientVirtualDeviceSet2Vtbl set_vtbl = {
    set_query, set_add_ref, set_release, set_create, set_get_configuration, set_open_device, set_close,
    set_signal_abort, set_open_in_secondary, set_get_buffer_handle, set_map_buffer_handle, set_create_ex,
    set_open_in_secondary_ex};

IClientVirtualDeviceSet2 *com_client_set_new(void) {
    ClientSet *set = calloc(1, sizeof *set);
    if (set == NULL) {
        return NULL;
    }
    set->face.lpVtbl = &set_vtbl;
    atomic_init(&set->references, 1);
    set->core = core_client_new();
    return &set->face;
}
