/* The sets of this process: found by name, counted by reference, freed by whoever is last. */
#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "internal.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static CoreSet *listed;
static int32_t live;

void core_enter(void) {
    pthread_mutex_lock(&lock);
}

void core_leave(void) {
    pthread_mutex_unlock(&lock);
}

void core_count(int change) {
    live += change;
}

int32_t peer_live_objects(void) {
    core_enter();
    int32_t count = live;
    core_leave();
    return count;
}

int64_t core_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool core_deadline(int64_t millis, struct timespec *deadline) {
    if (millis < 0) {
        return false;
    }
    clock_gettime(CLOCK_REALTIME, deadline);
    deadline->tv_sec += (time_t) (millis / 1000);
    deadline->tv_nsec += (long) (millis % 1000) * 1000000;
    if (deadline->tv_nsec >= 1000000000) {
        deadline->tv_sec++;
        deadline->tv_nsec -= 1000000000;
    }
    return true;
}

bool core_wait(CoreSet *set, const struct timespec *deadline) {
    if (deadline == NULL) {
        pthread_cond_wait(&set->changed, &lock);
        return true;
    }
    return pthread_cond_timedwait(&set->changed, &lock, deadline) != ETIMEDOUT;
}

void set_changed(CoreSet *set) {
    pthread_cond_broadcast(&set->changed);
}

CoreSet *set_find(const uint16_t *name) {
    CoreSet *set = listed;
    while (set != NULL && !name_equals(set->name, name)) {
        set = set->next;
    }
    return set;
}

CoreSet *set_new(const uint16_t *instance, const uint16_t *name, const VDConfig *request) {
    CoreSet *set = calloc(1, sizeof *set);
    if (set == NULL || pthread_cond_init(&set->changed, NULL) != 0) {
        free(set);
        return NULL;
    }
    name_copy(set->instance, instance);
    name_copy(set->name, name);
    set->request = *request;
    set->references = 1;
    set->listed = true;
    set->next = listed;
    listed = set;
    core_count(1);
    return set;
}

void set_unlist(CoreSet *set) {
    CoreSet **link = &listed;
    while (*link != NULL && *link != set) {
        link = &(*link)->next;
    }
    if (*link == set) {
        *link = set->next;
        set->listed = false;
    }
}

void set_retain(CoreSet *set) {
    set->references++;
}

void set_release(CoreSet *set) {
    if (--set->references > 0) {
        return;
    }
    set_unlist(set);
    for (uint32_t i = 0; i < set->named; i++) {
        free(set->devices[i]);
    }
    buffers_free(set);
    pthread_cond_destroy(&set->changed);
    free(set);
    core_count(-1);
}

void list_append(CommandList *list, Command *command) {
    command->next = NULL;
    if (list->first == NULL) {
        list->first = command;
    } else {
        list->last->next = command;
    }
    list->last = command;
}

Command *list_take(CommandList *list) {
    Command *command = list->first;
    if (command != NULL) {
        list->first = command->next;
    }
    return command;
}

static void abort_command(Command *command) {
    command->sent->completionCode = ERROR_OPERATION_ABORTED;
    command->sent->bytesTransferred = 0;
    if (command->state == QUEUED || command->state == FETCHED) {
        command->state = COMPLETED;
        list_append(&command->device->set->completed, command);
    }
}

/*
 * Every command that the server was not called back for ends with 995, recorded completions included (VDI reference
 * 11.2).
 */
void set_abort(CoreSet *set) {
    if (set->aborted) {
        return;
    }
    set->aborted = true;
    for (uint32_t i = 0; i < set->named; i++) {
        Device *device = set->devices[i];
        device->queued.first = NULL;
        for (int c = 0; c < QUEUE_DEPTH; c++) {
            if (device->commands[c].state != UNUSED) {
                abort_command(&device->commands[c]);
            }
        }
    }
    set_changed(set);
}

bool set_all_closed(const CoreSet *set) {
    if (set->named < set->request.deviceCount) {
        return false;
    }
    for (uint32_t i = 0; i < set->named; i++) {
        if (!set->devices[i]->closed) {
            return false;
        }
    }
    return true;
}

Device *set_device(const CoreSet *set, const uint16_t *name) {
    for (uint32_t i = 0; i < set->named; i++) {
        if (name_equals(set->devices[i]->name, name)) {
            return set->devices[i];
        }
    }
    return NULL;
}

Device *set_add_device(CoreSet *set, const uint16_t *name) {
    Device *device = calloc(1, sizeof *device);
    if (device != NULL) {
        device->set = set;
        name_copy(device->name, name);
        for (int i = 0; i < QUEUE_DEPTH; i++) {
            device->commands[i].device = device;
            list_append(&device->unused, &device->commands[i]);
        }
        set->devices[set->named++] = device;
    }
    return device;
}
