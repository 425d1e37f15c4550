/* The server half (VDI reference 3.7). */
#include <stdlib.h>

#include "internal.h"

CoreServer *core_server_new(void) {
    CoreServer *server = calloc(1, sizeof *server);
    if (server != NULL) {
        core_enter();
        core_count(1);
        core_leave();
    }
    return server;
}

void core_server_free(CoreServer *server) {
    core_server_close(server);
    core_enter();
    for (CoreServerDevice *device = server->devices; device != NULL; device = device->next) {
        device->owner = NULL;
    }
    core_count(-1);
    core_leave();
    free(server);
}

static int32_t open_set(CoreServer *server, const uint16_t *instance, const uint16_t *name) {
    uint16_t normal[MAX_INSTANCE + 1];
    if (server->set != NULL || server->over) {
        return (int32_t) VD_E_PROTOCOL;
    }
    CoreSet *set = name_is_valid(name) && instance_normalize(instance, normal) ? set_find(name) : NULL;
    if (set == NULL || !name_equals(set->instance, normal)) {
        return (int32_t) VD_E_INVALID;
    }
    if (set->aborted) {
        return (int32_t) VD_E_ABORT;
    }
    if (set->served) {
        return (int32_t) VD_E_PROTOCOL;
    }
    set->served = true;
    set->phase = CONNECTED;
    set_retain(set);
    server->set = set;
    return 0;
}

int32_t core_server_open(CoreServer *server, const uint16_t *instance, const uint16_t *name) {
    core_enter();
    int32_t result = open_set(server, instance, name);
    core_leave();
    return result;
}

/* What every method checks first. */
static int32_t usable(const CoreServer *server) {
    if (server->set == NULL) {
        return (int32_t) VD_E_PROTOCOL;
    }
    return server->set->aborted ? (int32_t) VD_E_ABORT : 0;
}

static int32_t in_phase(const CoreServer *server, Phase first, Phase last) {
    int32_t result = usable(server);
    if (result == 0 && (server->set->phase < first || server->set->phase > last || set_all_closed(server->set))) {
        return (int32_t) VD_E_PROTOCOL;
    }
    return result;
}

int32_t core_server_get_configuration(CoreServer *server, VDConfig *config) {
    core_enter();
    int32_t result = usable(server);
    if (result == 0 && config == NULL) {
        result = (int32_t) VD_E_INVALID;
    }
    if (result == 0) {
        *config = server->set->request;
    }
    core_leave();
    return result;
}

static int32_t begin(CoreSet *set, uint32_t features, uint32_t block, uint32_t alignment, uint32_t transfer) {
    uint32_t aligned = alignment == 0 ? block : alignment;
    if (!is_power_of_two(block) || block < 512 || block > 65536 || !is_power_of_two(aligned) || aligned < block
        || aligned > 65536 || transfer == 0 || transfer % 65536 != 0 || transfer > MAX_TRANSFER) {
        return (int32_t) VD_E_INVALID;
    }
    set->agreed = set->request;
    set->agreed.features = features;
    set->agreed.alignment = aligned > set->request.alignment ? aligned : set->request.alignment;
    set->agreed.blockSize = block;
    set->agreed.maxIODepth = 4;
    set->agreed.maxTransferSize = transfer;
    set->agreed.bufferAreaSize = 0;
    set->phase = CONFIGURABLE;
    return 0;
}

int32_t core_server_begin(CoreServer *server, uint32_t features, uint32_t block, uint32_t alignment, uint32_t transfer) {
    core_enter();
    int32_t result = in_phase(server, CONNECTED, CONNECTED);
    if (result == 0) {
        result = begin(server->set, features, block, alignment, transfer);
    }
    core_leave();
    return result;
}

/* The alignment of a request or buffer: 0 means the basic one. */
static bool alignment_is_valid(uint32_t alignment) {
    return alignment == 0 || (is_power_of_two(alignment) && alignment <= 65536);
}

int32_t core_server_request(CoreServer *server, uint32_t size, uint32_t alignment, uint32_t count) {
    core_enter();
    int32_t result = in_phase(server, CONFIGURABLE, INITIALIZED);
    if (result == 0 && (size == 0 || size > server->set->agreed.maxTransferSize || count == 0
        || !alignment_is_valid(alignment))) {
        result = (int32_t) VD_E_INVALID;
    }
    if (result == 0) {
        CoreSet *set = server->set;
        uint64_t space = buffer_space(set, size, alignment) * count;
        if (set->phase == CONFIGURABLE) {
            set->requested += space; /* judged when the configuration ends */
        } else if (space + set->requested > MAX_AREA) {
            result = (int32_t) VD_E_MEMORY;
        } else {
            set->requested += space;
            set->available += space;
        }
    }
    core_leave();
    return result;
}

int32_t core_server_query(CoreServer *server, uint32_t size, uint32_t alignment, uint32_t *count) {
    core_enter();
    int32_t result = in_phase(server, CONFIGURABLE, INITIALIZED);
    if (result == (int32_t) VD_E_ABORT) {
        result = (int32_t) VD_E_PROTOCOL;
    }
    if (result == 0 && (size == 0 || count == NULL || !alignment_is_valid(alignment))) {
        result = (int32_t) VD_E_INVALID;
    }
    if (result == 0) {
        *count = (uint32_t) (server->set->available / buffer_space(server->set, size, alignment));
    }
    core_leave();
    return result;
}

int32_t core_server_end(CoreServer *server) {
    core_enter();
    int32_t result = in_phase(server, CONFIGURABLE, CONFIGURABLE);
    if (result == 0 && server->set->requested > MAX_AREA) {
        server->set->requested = 0;
        result = (int32_t) VD_E_MEMORY;
    }
    if (result == 0) {
        CoreSet *set = server->set;
        set->available = set->requested;
        set->agreed.bufferAreaSize = (uint32_t) set->requested;
        set->phase = INITIALIZED;
        set_changed(set);
    }
    core_leave();
    return result;
}

int32_t core_server_open_device(CoreServer *server, const uint16_t *name, CoreServerDevice **out) {
    core_enter();
    int32_t result = in_phase(server, INITIALIZED, INITIALIZED);
    CoreSet *set = server->set;
    if (result == 0 && set->named == set->request.deviceCount) {
        result = (int32_t) VD_E_OPEN;
    }
    if (result == 0 && (!name_is_valid(name) || out == NULL || set_device(set, name) != NULL)) {
        result = (int32_t) VD_E_INVALID;
    }
    if (result == 0) {
        CoreServerDevice *opened = calloc(1, sizeof *opened);
        Device *device = opened == NULL ? NULL : set_add_device(set, name);
        if (device == NULL) {
            free(opened);
            result = (int32_t) VD_E_MEMORY;
        } else {
            *opened = (CoreServerDevice) {server->devices, server, set, device};
            server->devices = opened;
            core_count(1);
            *out = opened;
            set_changed(set);
        }
    }
    core_leave();
    return result;
}

int32_t core_server_allocate(CoreServer *server, uint8_t **out, uint32_t size, uint32_t alignment) {
    core_enter();
    int32_t result = in_phase(server, INITIALIZED, INITIALIZED);
    if (result == 0 && (out == NULL || size == 0 || !alignment_is_valid(alignment))) {
        result = (int32_t) VD_E_INVALID;
    }
    if (result == 0) {
        Buffer *buffer = buffer_allocate(server->set, size, alignment);
        result = buffer == NULL ? (int32_t) VD_E_MEMORY : 0;
        if (buffer != NULL) {
            *out = buffer->data;
        }
    }
    core_leave();
    return result;
}

int32_t core_server_release_buffer(CoreServer *server, uint8_t *data, uint32_t size) {
    core_enter();
    int32_t result = usable(server);
    if (result == 0 && server->set->phase < INITIALIZED) {
        result = (int32_t) VD_E_PROTOCOL;
    }
    if (result == 0) {
        Buffer *buffer = buffer_at(server->set, data);
        if (buffer == NULL || buffer->size != size) {
            result = (int32_t) VD_E_INVALID;
        } else {
            buffer->allocated = false;
            server->set->available += buffer->space;
        }
    }
    core_leave();
    return result;
}

int32_t core_server_is_shared(CoreServer *server, const uint8_t *address) {
    int32_t shared = 0;
    core_enter();
    if (server->set != NULL) {
        for (Buffer *buffer = server->set->buffers; buffer != NULL; buffer = buffer->next) {
            shared |= buffer->allocated && (uintptr_t) address - (uintptr_t) buffer->data < buffer->size;
        }
    }
    core_leave();
    return shared;
}

int32_t core_server_abort(CoreServer *server) {
    int32_t result = (int32_t) VD_E_PROTOCOL;
    core_enter();
    if (server->set != NULL) {
        set_abort(server->set);
        result = 0;
    }
    core_leave();
    return result;
}

/* Calls back one command that is done with; gives the lock up meanwhile. */
static bool call_back(CoreSet *set) {
    Command *command = list_take(&set->completed);
    if (command == NULL) {
        return false;
    }
    VDS_Command *sent = command->sent;
    command->state = UNUSED;
    set->outstanding--;
    list_append(&command->device->unused, command);
    core_leave();
    sent->completionRoutine(sent);
    core_enter();
    return true;
}

/* True when commands are pending and none was completed for more than two intervals (VDI reference 11.5). */
static bool stalled(const CoreSet *set) {
    return set->request.serverTimeOut != 0 && set->outstanding > 0
        && core_now() - set->last_progress > 2 * (int64_t) set->request.serverTimeOut;
}

static void await_completion(CoreSet *set) {
    struct timespec deadline;
    bool timed = set->request.serverTimeOut != 0 && set->outstanding > 0;
    int64_t left = set->last_progress + 2 * (int64_t) set->request.serverTimeOut + 1 - core_now();
    core_deadline(timed ? (left > 0 ? left : 0) : FOREVER, &deadline);
    core_wait(set, timed ? &deadline : NULL);
}

int32_t core_server_run_agent(CoreServer *server) {
    core_enter();
    int32_t result = in_phase(server, INITIALIZED, INITIALIZED);
    CoreSet *set = server->set;
    if (result == 0 && server->agent_running) {
        result = (int32_t) VD_E_PROTOCOL;
    }
    if (result == 0) {
        set_retain(set);
        server->agent_running = true;
        server->agent = pthread_self();
        while (call_back(set) || (server->set == set && !set->aborted)) {
            if (stalled(set)) {
                set_abort(set);
            } else if (set->completed.first == NULL && server->set == set && !set->aborted) {
                await_completion(set);
            }
        }
        result = set->aborted ? (int32_t) VD_E_ABORT : 0;
        server->agent_running = false;
        set_changed(set);
        set_release(set);
    }
    core_leave();
    return result;
}

static void detach_devices(CoreServer *server) {
    for (CoreServerDevice *device = server->devices; device != NULL; device = device->next) {
        device->set = NULL;
    }
}

static bool has_open_device(const CoreSet *set) {
    for (uint32_t i = 0; i < set->named; i++) {
        if (!set->devices[i]->closed) {
            return true;
        }
    }
    return false;
}

int32_t core_server_close(CoreServer *server) {
    core_enter();
    CoreSet *set = server->set;
    int32_t result = (int32_t) VD_E_PROTOCOL;
    if (set != NULL) {
        bool open = has_open_device(set) && !set->aborted;
        result = open ? (int32_t) VD_E_PROTOCOL : 0;
        if (open || !set_all_closed(set)) {
            set_abort(set);
        }
        server->set = NULL;
        server->over = true;
        detach_devices(server);
        set_changed(set);
        bool own_thread = server->agent_running && pthread_equal(server->agent, pthread_self());
        while (server->agent_running && !own_thread) {
            core_wait(set, NULL);
        }
        while (set->aborted && call_back(set)) {
            /* what no agent was there for */
        }
        set_release(set);
    }
    core_leave();
    return result;
}
