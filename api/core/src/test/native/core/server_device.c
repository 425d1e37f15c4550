/* A device seen by the server (VDI reference 3.9). */
#include <stdlib.h>

#include "internal.h"

/* A command that is refused is called back all the same, on this thread (VDI reference 3.9.1). */
static int32_t refuse(VDS_Command *command, uint32_t code, uint32_t result) {
    command->completionCode = code;
    command->bytesTransferred = 0;
    command->outPosition = 0;
    core_leave();
    command->completionRoutine(command);
    core_enter();
    return (int32_t) result;
}

static bool has_its_buffer(const CoreSet *set, const VDS_Command *command) {
    if (command->commandCode != VDC_Read && command->commandCode != VDC_Write) {
        return true;
    }
    Buffer *buffer = buffer_at(set, command->buffer);
    return buffer != NULL && command->size > 0 && command->size <= buffer->size && command->size <= set->agreed.maxTransferSize;
}

static int32_t queue(CoreSet *set, Device *device, VDS_Command *sent) {
    if (!has_its_buffer(set, sent)) {
        return refuse(sent, ERROR_INVALID_PARAMETER, VD_E_INVALID);
    }
    if (device->io_error && sent->commandCode != VDC_ClearError) {
        return refuse(sent, ERROR_IO_DEVICE, VD_E_IO_ERROR);
    }
    Command *command = list_take(&device->unused);
    if (command == NULL) {
        return refuse(sent, ERROR_NO_SYSTEM_RESOURCES, VD_E_QUEUE_FULL);
    }
    if (set->outstanding == 0) {
        set->last_progress = core_now();
    }
    command->seen = (VDC_Command) {sent->commandCode, sent->size, sent->inPosition, sent->buffer};
    command->sent = sent;
    command->state = QUEUED;
    set->outstanding++;
    list_append(&device->queued, command);
    set_changed(set);
    return 0;
}

int32_t core_server_device_send(CoreServerDevice *device, VDS_Command *command) {
    int32_t result;
    core_enter();
    if (command == NULL || command->completionRoutine == NULL) {
        result = (int32_t) VD_E_INVALID;
    } else if (device->set == NULL || (device->device->closed && !device->set->aborted)) {
        result = refuse(command, ERROR_INVALID_HANDLE, VD_E_PROTOCOL);
    } else if (device->set->aborted) {
        result = refuse(command, ERROR_OPERATION_ABORTED, VD_E_ABORT);
    } else {
        result = queue(device->set, device->device, command);
    }
    core_leave();
    return result;
}

int32_t core_server_device_close(CoreServerDevice *device) {
    int32_t result = 0;
    core_enter();
    if (device->set == NULL) {
        result = (int32_t) VD_E_PROTOCOL;
    } else if (device->set->aborted) {
        result = (int32_t) VD_E_ABORT;
    } else if (device->device->closed) {
        result = (int32_t) VD_E_CLOSE;
    } else {
        device->device->closed = true;
        set_changed(device->set);
    }
    core_leave();
    return result;
}

void core_server_device_free(CoreServerDevice *device) {
    core_enter();
    CoreServerDevice **link = device->owner == NULL ? NULL : &device->owner->devices;
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
