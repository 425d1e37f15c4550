/* A client in C: one thread for each device fetches, checks or fills, and completes. */
#include "drive.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define MAX_DEVICES 64
#define NAME_ROOM 288
#define WAIT_MILLIS 60000

typedef struct Worker {
    IClientVirtualDeviceSet2 *set;
    const PeerPlan *plan;
    uint16_t name[NAME_ROOM];
    uint32_t index;
    bool started;
    int32_t result;
    uint32_t references; /* left on its device */
    uint64_t commands;
    uint64_t wrong_words;
    uint64_t at; /* the next command's place in the device's data */
    pthread_t thread;
} Worker;

static void handle_data(Worker *worker, const VDC_Command *command) {
    for (uint32_t i = 0; i < command->size; i += 8) {
        uint64_t word = peer_word(worker->plan->seed, worker->index, (worker->at + i) / 8);
        if (command->commandCode == VDC_Read) {
            memcpy(command->buffer + i, &word, sizeof word);
        } else {
            worker->wrong_words += memcmp(command->buffer + i, &word, sizeof word) != 0;
        }
    }
    worker->at += command->size;
    worker->commands++;
}

static int32_t serve(Worker *worker, IClientVirtualDevice *device) {
    while (true) {
        VDC_Command *command = NULL;
        int32_t result = device->lpVtbl->GetCommand(device, WAIT_MILLIS, &command);
        if (result != 0) {
            return result == (int32_t) VD_E_CLOSE ? 0 : result;
        }
        bool data = command->commandCode == VDC_Read || command->commandCode == VDC_Write;
        if (data) {
            handle_data(worker, command);
        }
        result = device->lpVtbl->CompleteCommand(device, command, ERROR_SUCCESS, data ? command->size : 0, 0);
        if (result != 0) {
            return result;
        }
    }
}

static void *run_worker(void *argument) {
    Worker *worker = argument;
    IClientVirtualDevice *device = NULL;
    IClientVirtualDeviceSet *set = (IClientVirtualDeviceSet *) worker->set;
    worker->result = set->lpVtbl->OpenDevice(set, worker->name, &device);
    if (worker->result == 0) {
        worker->result = serve(worker, device);
        worker->references = device->lpVtbl->Release(device);
    }
    if (worker->result != 0) {
        set->lpVtbl->SignalAbort(set);
    }
    return NULL;
}

/* "<set>", "<set>-1", "<set>-2" ... */
static void device_name(const uint16_t *set, uint32_t index, uint16_t *name) {
    char suffix[16] = "";
    size_t length = 0;
    if (index > 0) {
        snprintf(suffix, sizeof suffix, "-%u", index);
    }
    while (set[length] != 0 && length < NAME_ROOM - sizeof suffix) {
        name[length] = set[length];
        length++;
    }
    for (size_t i = 0; i < sizeof suffix; i++) {
        name[length + i] = (uint16_t) suffix[i];
    }
}

static int32_t run_workers(IClientVirtualDeviceSet2 *client, const uint16_t *name, const PeerPlan *plan,
    DriveReport *report) {
    static Worker workers[MAX_DEVICES]; /* one statement at a time: too large for a stack that Java made */
    memset(workers, 0, sizeof workers);
    int32_t result = 0;
    for (uint32_t i = 0; i < plan->devices; i++) {
        Worker *worker = &workers[i];
        worker->set = client;
        worker->plan = plan;
        worker->index = i;
        device_name(name, i, worker->name);
        worker->started = pthread_create(&worker->thread, NULL, run_worker, worker) == 0;
        if (!worker->started) {
            result = (int32_t) VD_E_MEMORY;
            client->lpVtbl->SignalAbort((IClientVirtualDeviceSet *) client);
        }
    }
    for (uint32_t i = 0; i < plan->devices; i++) {
        if (workers[i].started) {
            pthread_join(workers[i].thread, NULL);
        }
        report->commands += workers[i].commands;
        report->wrong_words += workers[i].wrong_words;
        report->device_count += workers[i].references;
        result = result == 0 ? workers[i].result : result;
    }
    return result;
}

void peer_drive(IClientVirtualDeviceSet2 *client, IServerVirtualDeviceSet2 *server, const uint16_t *name,
    const PeerPlan *plan, DriveReport *report) {
    IClientVirtualDeviceSet *set = (IClientVirtualDeviceSet *) client;
    VDConfig config = {0};
    memset(report, 0, sizeof *report);
    client->lpVtbl->AddRef(client);
    config.deviceCount = plan->devices;
    report->result = client->lpVtbl->CreateEx(client, NULL, name, &config);
    if (report->result != 0) {
        server->lpVtbl->Release(server);
    } else {
        PeerStatement *statement = peer_statement_start(server, name, plan);
        report->result = set->lpVtbl->GetConfiguration(set, WAIT_MILLIS, &config);
        if (report->result == 0) {
            report->result = run_workers(client, name, plan, report);
        } else {
            set->lpVtbl->SignalAbort(set);
        }
        int32_t closed = set->lpVtbl->Close(set);
        report->result = report->result == 0 ? closed : report->result;
        report->end_result = statement == NULL
            ? VD_E_MEMORY
            : (uint32_t) peer_statement_wait(statement, WAIT_MILLIS, &report->verdict);
    }
    report->client_count = client->lpVtbl->Release(client);
}
