/* A device seen by the client (VDI reference 3.6). */
#include <stdlib.h>

#include "internal.h"

static int32_t await_command(CoreClientDevice *self, CoreSet *set, int64_t millis, VDC_Command **out) {
    Device *device = self->device;
    struct timespec deadline;
    const struct timespec *until = core_deadline(millis, &deadline) ? &deadline : NULL;
    bool in_time = true;
    while (self->set == set) {
        if (set->aborted) {
            return (int32_t) VD_E_ABORT;
        }
        if (device->told) {
            return (int32_t) VD_E_PROTOCOL;
        }
        Command *command = list_take(&device->queued);
        if (command != NULL) {
            command->state = FETCHED;
            device->held++;
            *out = &command->seen;
            return 0;
        }
        if (device->closed && device->held == 0) {
            device->told = true;
            return (int32_t) VD_E_CLOSE;
        }
        if (millis == 0 || !in_time) {
            return (int32_t) VD_E_TIMEOUT;
        }
        in_time = core_wait(set, until);
    }
    return (int32_t) VD_E_PROTOCOL;
}

int32_t core_device_get_command(CoreClientDevice *device, int64_t millis, VDC_Command **command) {
    core_enter();
    CoreSet *set = device->set;
    int32_t result = (int32_t) (set == NULL ? VD_E_PROTOCOL : VD_E_INVALID);
    if (set != NULL && command != NULL) {
        set_retain(set);
        result = await_command(device, set, millis, command);
        set_release(set);
    }
    core_leave();
    return result;
}

/* The command whose block that is, if the client holds it; the pointer itself is never followed. */
static Command *fetched(Device *device, const VDC_Command *pointer) {
    uintptr_t distance = (uintptr_t) pointer - (uintptr_t) device->commands;
    if (distance >= sizeof device->commands || distance % sizeof(Command) != 0) {
        return NULL;
    }
    Command *command = &device->commands[distance / sizeof(Command)];
    return command->state == FETCHED ? command : NULL;
}

static bool carries_data(const VDC_Command *command) {
    return command->commandCode == VDC_Read || command->commandCode == VDC_Write;
}

/*
 * Marks and ends that were met are no failures; which codes are is said nowhere, so this follows the library (VDI
 * reference 8.2).
 */
static bool is_failure(const VDC_Command *command, uint32_t code) {
    switch (code) {
    case ERROR_SUCCESS:
    case ERROR_HANDLE_EOF:
    case ERROR_END_OF_MEDIA:
    case ERROR_FILEMARK_DETECTED:
    case ERROR_BEGINNING_OF_MEDIA:
    case ERROR_NO_DATA_DETECTED:
        return false;
    case ERROR_NOT_SUPPORTED:
        return carries_data(command);
    default:
        return true;
    }
}

static void note_error(Device *device, const VDC_Command *command, uint32_t code) {
    if (is_failure(command, code)) {
        device->io_error = true;
    } else if (command->commandCode == VDC_ClearError && code == ERROR_SUCCESS) {
        device->io_error = false;
    }
}

static int32_t complete(CoreClientDevice *self, VDC_Command *pointer, uint32_t code, uint64_t bytes, uint64_t position) {
    CoreSet *set = self->set;
    if (set == NULL) {
        return (int32_t) VD_E_PROTOCOL;
    }
    if (set->aborted) {
        return (int32_t) VD_E_ABORT;
    }
    if (self->device->told) {
        return (int32_t) VD_E_PROTOCOL;
    }
    Command *command = fetched(self->device, pointer);
    if (command == NULL || (carries_data(&command->seen) && bytes > command->seen.size)) {
        return (int32_t) VD_E_INVALID;
    }
    command->sent->completionCode = code;
    command->sent->bytesTransferred = (uint32_t) bytes;
    command->sent->outPosition = position;
    command->state = COMPLETED;
    note_error(self->device, &command->seen, code);
    self->device->held--;
    set->last_progress = core_now();
    list_append(&set->completed, command);
    set_changed(set);
    return 0;
}

int32_t core_device_complete(CoreClientDevice *device, VDC_Command *command, uint32_t code, uint64_t bytes,
    uint64_t position) {
    core_enter();
    int32_t result = complete(device, command, code, bytes, position);
    core_leave();
    return result;
}

void core_device_free(CoreClientDevice *device) {
    core_enter();
    CoreClientDevice **link = device->owner == NULL ? NULL : &device->owner->devices;
    while (link != NULL && *link != device) {
        link = &(*link)->next;
    }
    if (link != NULL) {
        *link = device->next;
    }
    core_count(-1);
    core_leave();
    free(device);
}
