/* The client half (VDI reference 3.5). */
#include <stdlib.h>

#include "internal.h"

/* How long OpenDevice waits for the server to name its devices (VDI reference 15.2). */
#define OPEN_WAIT_MILLIS 30000

CoreClient *core_client_new(void) {
    CoreClient *client = calloc(1, sizeof *client);
    if (client != NULL) {
        core_enter();
        core_count(1);
        core_leave();
    }
    return client;
}

void core_client_free(CoreClient *client) {
    core_client_close(client);
    core_enter();
    for (CoreClientDevice *device = client->devices; device != NULL; device = device->next) {
        device->owner = NULL;
    }
    core_count(-1);
    core_leave();
    free(client);
}

static void attach(CoreClient *client, CoreSet *set, bool primary) {
    client->set = set;
    client->primary = primary;
    client->configured = !primary;
}

static int32_t create(CoreClient *client, const uint16_t *instance, const uint16_t *name, const VDConfig *config) {
    uint16_t normal[MAX_INSTANCE + 1];
    if (client->set != NULL) {
        return (int32_t) VD_E_PROTOCOL;
    }
    if (!name_is_valid(name) || config == NULL) {
        return (int32_t) VD_E_INVALID;
    }
    if (!instance_normalize(instance, normal)) {
        return (int32_t) VD_E_INSTANCE_NAME;
    }
    if (!request_is_supported(config)) {
        return (int32_t) VD_E_NOTSUPPORTED;
    }
    if (set_find(name) != NULL) {
        return (int32_t) VD_E_PROTOCOL;
    }
    CoreSet *set = set_new(normal, name, config);
    if (set == NULL) {
        return (int32_t) VD_E_MEMORY;
    }
    attach(client, set, true);
    return 0;
}

int32_t core_client_create(CoreClient *client, const uint16_t *instance, const uint16_t *name, const VDConfig *config) {
    core_enter();
    int32_t result = create(client, instance, name, config);
    core_leave();
    return result;
}

static int32_t join(CoreClient *client, const uint16_t *instance, const uint16_t *name) {
    uint16_t normal[MAX_INSTANCE + 1];
    if (client->set != NULL || !name_is_valid(name) || !instance_normalize(instance, normal)) {
        return (int32_t) VD_E_PROTOCOL;
    }
    CoreSet *set = set_find(name);
    if (set == NULL || !name_equals(set->instance, normal)) {
        return (int32_t) VD_E_PROTOCOL;
    }
    if (set->aborted) {
        return (int32_t) VD_E_ABORT;
    }
    if (!set->primary_configured) {
        return (int32_t) VD_E_PROTOCOL;
    }
    set_retain(set);
    attach(client, set, false);
    return 0;
}

int32_t core_client_join(CoreClient *client, const uint16_t *instance, const uint16_t *name) {
    core_enter();
    int32_t result = join(client, instance, name);
    core_leave();
    return result;
}

static int32_t await_configuration(CoreClient *client, CoreSet *set, int64_t millis, VDConfig *config) {
    struct timespec deadline;
    const struct timespec *until = core_deadline(millis, &deadline) ? &deadline : NULL;
    bool in_time = true;
    while (client->set == set) {
        if (set->aborted) {
            return (int32_t) VD_E_ABORT;
        }
        if (set->phase == INITIALIZED) {
            *config = set->agreed;
            client->configured = true;
            set->primary_configured |= client->primary;
            return 0;
        }
        if (millis == 0 || !in_time) {
            return (int32_t) VD_E_TIMEOUT;
        }
        in_time = core_wait(set, until);
    }
    return (int32_t) VD_E_PROTOCOL; /* closed meanwhile */
}

int32_t core_client_get_configuration(CoreClient *client, int64_t millis, VDConfig *config) {
    core_enter();
    CoreSet *set = client->set;
    int32_t result = (int32_t) (set == NULL ? VD_E_PROTOCOL : VD_E_INVALID);
    if (set != NULL && config != NULL) {
        set_retain(set);
        result = await_configuration(client, set, millis, config);
        set_release(set);
    }
    core_leave();
    return result;
}

static int32_t claim(CoreClient *client, CoreSet *set, Device *device, CoreClientDevice **out) {
    if (device->claimed) {
        return (int32_t) VD_E_PROTOCOL;
    }
    CoreClientDevice *opened = calloc(1, sizeof *opened);
    if (opened == NULL) {
        return (int32_t) VD_E_MEMORY;
    }
    device->claimed = true;
    *opened = (CoreClientDevice) {client->devices, client, set, device};
    client->devices = opened;
    core_count(1);
    *out = opened;
    return 0;
}

static bool all_claimed(const CoreSet *set) {
    uint32_t claimed = 0;
    for (uint32_t i = 0; i < set->named; i++) {
        claimed += set->devices[i]->claimed;
    }
    return claimed == set->request.deviceCount;
}

static int32_t find_and_claim(CoreClient *client, CoreSet *set, const uint16_t *name, CoreClientDevice **out) {
    struct timespec deadline;
    core_deadline(OPEN_WAIT_MILLIS, &deadline);
    bool in_time = true;
    while (client->set == set) {
        if (set->aborted) {
            return (int32_t) VD_E_ABORT;
        }
        Device *device = set_device(set, name);
        if (device != NULL) {
            return claim(client, set, device, out);
        }
        if (all_claimed(set)) {
            return (int32_t) (set_all_closed(set) ? VD_E_PROTOCOL : VD_E_OPEN);
        }
        if (set->named == set->request.deviceCount || !in_time) {
            return (int32_t) VD_E_INVALID;
        }
        in_time = core_wait(set, &deadline);
    }
    return (int32_t) VD_E_PROTOCOL;
}

int32_t core_client_open_device(CoreClient *client, const uint16_t *name, CoreClientDevice **device) {
    int32_t result;
    core_enter();
    CoreSet *set = client->set;
    if (set == NULL) {
        result = (int32_t) VD_E_PROTOCOL;
    } else if (set->aborted) {
        result = (int32_t) VD_E_ABORT;
    } else if (!name_is_valid(name) || device == NULL) {
        result = (int32_t) VD_E_INVALID;
    } else if (!client->configured) {
        result = (int32_t) VD_E_PROTOCOL;
    } else {
        set_retain(set);
        result = find_and_claim(client, set, name, device);
        set_release(set);
    }
    core_leave();
    return result;
}

int32_t core_client_get_handle(CoreClient *client, const uint8_t *buffer, uint32_t *handle) {
    int32_t result = (int32_t) VD_E_PROTOCOL;
    core_enter();
    if (client->set != NULL) {
        Buffer *found = handle == NULL ? NULL : buffer_at(client->set, buffer);
        result = found == NULL ? (int32_t) VD_E_INVALID : 0;
        if (found != NULL) {
            *handle = found->handle;
        }
    }
    core_leave();
    return result;
}

int32_t core_client_map_handle(CoreClient *client, uint32_t handle, uint8_t **buffer) {
    int32_t result = (int32_t) VD_E_PROTOCOL;
    core_enter();
    if (client->set != NULL) {
        Buffer *found = buffer == NULL ? NULL : buffer_with(client->set, handle);
        result = found == NULL ? (int32_t) VD_E_INVALID : 0;
        if (found != NULL) {
            *buffer = found->data;
        }
    }
    core_leave();
    return result;
}

int32_t core_client_abort(CoreClient *client) {
    int32_t result = (int32_t) VD_E_PROTOCOL;
    core_enter();
    if (client->set != NULL) {
        set_abort(client->set);
        result = 0;
    }
    core_leave();
    return result;
}

/* Detaches the devices; true when one of them is still in use by the server. */
static bool detach_devices(CoreClient *client) {
    bool open = false;
    for (CoreClientDevice *device = client->devices; device != NULL; device = device->next) {
        if (device->set != NULL) {
            open |= !(device->device->closed && device->device->queued.first == NULL && device->device->held == 0);
            device->set = NULL;
        }
    }
    return open;
}

int32_t core_client_close(CoreClient *client) {
    core_enter();
    CoreSet *set = client->set;
    int32_t result = (int32_t) VD_E_PROTOCOL;
    if (set != NULL) {
        bool open = detach_devices(client) && !set->aborted;
        client->set = NULL;
        client->configured = false;
        if (open || (client->primary && !set_all_closed(set))) {
            set_abort(set); /* a server that still counts on this client learns it */
        }
        if (client->primary) {
            set_unlist(set);
        }
        set_changed(set);
        set_release(set);
        result = open ? (int32_t) VD_E_OPEN : 0;
    }
    core_leave();
    return result;
}
