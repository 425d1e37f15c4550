/* A statement: one thread runs it, one is the completion agent, one sends for each device. */
#include "statement.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BLOCK 512u
#define TRANSFER_UNIT 65536u
#define MAX_DEVICES 64
#define MAX_NAME 260
#define SUFFIX_ROOM 16
#define NAME_ROOM (MAX_NAME + SUFFIX_ROOM)

typedef struct Stream Stream;

/* One buffer with the command that uses it. */
typedef struct Transfer {
    VDS_Command command;
    Stream *stream;
    struct Transfer *next;
    uint64_t at; /* the data's place in the device's stream */
} Transfer;

/* What is sent on one device. */
struct Stream {
    PeerStatement *statement;
    IServerVirtualDevice *device;
    uint32_t index;
    Transfer *transfers;
    Transfer *idle;
    uint32_t outstanding;
    uint64_t sent;
    pthread_t thread;
};

struct PeerStatement {
    PeerPlan plan;
    uint16_t name[NAME_ROOM];
    IServerVirtualDeviceSet2 *server;
    Stream streams[MAX_DEVICES];
    PeerVerdict verdict;
    bool completes; /* the client asked for VDC_Complete */
    bool agent_ended;
    bool ended;
    pthread_t thread;
    pthread_mutex_t lock; /* guards the verdict and the streams' lists */
    pthread_cond_t changed;
};

uint64_t peer_word(uint64_t seed, uint32_t device, uint64_t index) {
    uint64_t word = seed + device * 0xD1B54A32D192ED03u + (index + 1) * 0x9E3779B97F4A7C15u;
    word = (word ^ word >> 30) * 0xBF58476D1CE4E5B9u;
    word = (word ^ word >> 27) * 0x94D049BB133111EBu;
    return word ^ word >> 31;
}

static void fill(const Transfer *transfer) {
    const Stream *stream = transfer->stream;
    for (uint32_t i = 0; i < transfer->command.size; i += 8) {
        uint64_t word = peer_word(stream->statement->plan.seed, stream->index, (transfer->at + i) / 8);
        memcpy(transfer->command.buffer + i, &word, sizeof word);
    }
}

static uint64_t wrong_words(const Transfer *transfer) {
    const Stream *stream = transfer->stream;
    uint64_t wrong = 0;
    for (uint32_t i = 0; i < transfer->command.size; i += 8) {
        uint64_t word = peer_word(stream->statement->plan.seed, stream->index, (transfer->at + i) / 8);
        wrong += memcmp(transfer->command.buffer + i, &word, sizeof word) != 0;
    }
    return wrong;
}

static void failed(PeerStatement *statement, int32_t result, uint32_t code) {
    if (statement->verdict.result == 0) {
        statement->verdict.result = result;
    }
    /* ERROR_IO_DEVICE only follows from a failure before it, whose callback may be on its way yet. */
    if (statement->verdict.completion_code == 0 || statement->verdict.completion_code == ERROR_IO_DEVICE) {
        statement->verdict.completion_code = code;
    }
}

/* The callback: on the agent's thread, or on the sender's when a command was refused. */
static void completed(VDS_Command *command) {
    Transfer *transfer = (Transfer *) (void *) command->completionContext;
    Stream *stream = transfer->stream;
    PeerStatement *statement = stream->statement;
    bool whole = command->completionCode == ERROR_SUCCESS && command->bytesTransferred == command->size;
    bool data = command->commandCode == VDC_Read || command->commandCode == VDC_Write;
    uint64_t wrong = whole && command->commandCode == VDC_Read ? wrong_words(transfer) : 0;
    pthread_mutex_lock(&statement->lock);
    if (command->completionCode != ERROR_SUCCESS || (data && !whole)) {
        failed(statement, (int32_t) VD_E_IO_ERROR,
            command->completionCode == ERROR_SUCCESS ? ERROR_WRITE_FAULT : command->completionCode);
    } else if (data) {
        statement->verdict.bytes += command->bytesTransferred;
        statement->verdict.wrong_words += wrong;
    }
    transfer->next = stream->idle;
    stream->idle = transfer;
    stream->outstanding--;
    pthread_cond_broadcast(&statement->changed);
    pthread_mutex_unlock(&statement->lock);
}

/* An idle transfer; NULL when the statement has failed. */
static Transfer *take_idle(Stream *stream) {
    PeerStatement *statement = stream->statement;
    pthread_mutex_lock(&statement->lock);
    while (stream->idle == NULL && statement->verdict.result == 0) {
        pthread_cond_wait(&statement->changed, &statement->lock);
    }
    Transfer *transfer = statement->verdict.result == 0 ? stream->idle : NULL;
    if (transfer != NULL) {
        stream->idle = transfer->next;
        stream->outstanding++;
    }
    pthread_mutex_unlock(&statement->lock);
    return transfer;
}

static void await_outstanding(Stream *stream) {
    pthread_mutex_lock(&stream->statement->lock);
    while (stream->outstanding > 0) {
        pthread_cond_wait(&stream->statement->changed, &stream->statement->lock);
    }
    pthread_mutex_unlock(&stream->statement->lock);
}

static void send(Stream *stream, Transfer *transfer, uint32_t code, uint32_t size) {
    transfer->at = stream->sent;
    transfer->command.commandCode = code;
    transfer->command.size = size;
    transfer->command.inPosition = 0;
    if (code == VDC_Write) {
        fill(transfer);
    }
    stream->sent += size;
    stream->device->lpVtbl->SendCommand(stream->device, &transfer->command); /* a refusal comes as a callback, too */
}

/* True when the fault of the plan was done, and the stream is over. */
static bool strike(Stream *stream) {
    const PeerPlan *plan = &stream->statement->plan;
    if (plan->fault == PEER_FAULT_NONE || stream->sent < plan->fault_at) {
        return false;
    }
    PeerStatement *statement = stream->statement;
    if (plan->fault == PEER_FAULT_ABORT) {
        statement->server->lpVtbl->SignalAbort(statement->server);
    }
    pthread_mutex_lock(&statement->lock);
    while (!statement->agent_ended) {
        pthread_cond_wait(&statement->changed, &statement->lock); /* the agent returns when the set is aborted */
    }
    failed(statement, (int32_t) VD_E_ABORT, ERROR_OPERATION_ABORTED);
    pthread_mutex_unlock(&statement->lock);
    return true;
}

static void *run_stream(void *argument) {
    Stream *stream = argument;
    const PeerPlan *plan = &stream->statement->plan;
    bool over = false;
    while (!over && stream->sent < plan->bytes) {
        over = strike(stream);
        Transfer *transfer = over ? NULL : take_idle(stream);
        if (transfer == NULL) {
            break;
        }
        uint64_t left = plan->bytes - stream->sent;
        uint32_t size = left < plan->transfer_size ? (uint32_t) left : plan->transfer_size;
        send(stream, transfer, plan->restore ? VDC_Read : VDC_Write, size);
    }
    await_outstanding(stream);
    Transfer *last = plan->restore ? NULL : take_idle(stream);
    if (last != NULL) {
        send(stream, last, VDC_Flush, 0);
        await_outstanding(stream);
    }
    last = stream->statement->completes ? take_idle(stream) : NULL;
    if (last != NULL) {
        send(stream, last, VDC_Complete, 0);
        await_outstanding(stream);
    }
    stream->device->lpVtbl->CloseDevice(stream->device);
    return NULL;
}

static void *run_agent(void *argument) {
    PeerStatement *statement = argument;
    statement->server->lpVtbl->ExecuteCompletionAgent(statement->server);
    pthread_mutex_lock(&statement->lock);
    statement->agent_ended = true;
    pthread_cond_broadcast(&statement->changed);
    pthread_mutex_unlock(&statement->lock);
    return NULL;
}

static int32_t configure(PeerStatement *statement) {
    const PeerPlan *plan = &statement->plan;
    IServerVirtualDeviceSet2 *server = statement->server;
    uint32_t features = plan->restore ? VDF_ReadMedia : VDF_WriteMedia;
    uint32_t most = (plan->transfer_size + TRANSFER_UNIT - 1) / TRANSFER_UNIT * TRANSFER_UNIT;
    VDConfig request = {0};
    int32_t result = server->lpVtbl->Open(server, NULL, statement->name);
    if (result == 0) {
        result = server->lpVtbl->GetConfiguration(server, &request);
    }
    if (result == 0 && request.deviceCount != plan->devices) {
        result = (int32_t) VD_E_INVALID;
    }
    if ((request.features & VDF_RequestComplete) != 0 && result == 0) {
        statement->completes = true;
        features |= VDF_CompleteEnabled;
    }
    if (result == 0) {
        result = server->lpVtbl->BeginConfiguration(server, request.features | features, BLOCK, 0, most, INFINITE);
    }
    if (result == 0) {
        result = server->lpVtbl->RequestBuffers(server, plan->transfer_size, 0, plan->devices * plan->buffers);
    }
    return result == 0 ? server->lpVtbl->EndConfiguration(server) : result;
}

static void device_name(const PeerStatement *statement, uint32_t index, uint16_t *name) {
    char suffix[SUFFIX_ROOM] = "";
    size_t length = 0;
    if (index > 0) {
        snprintf(suffix, sizeof suffix, "-%u", index);
    }
    while (statement->name[length] != 0) {
        name[length] = statement->name[length];
        length++;
    }
    for (size_t i = 0; i < sizeof suffix; i++) {
        name[length + i] = (uint16_t) suffix[i];
    }
}

static int32_t open_stream(PeerStatement *statement, uint32_t index) {
    const PeerPlan *plan = &statement->plan;
    Stream *stream = &statement->streams[index];
    uint16_t name[NAME_ROOM];
    stream->statement = statement;
    stream->index = index;
    stream->transfers = calloc(plan->buffers, sizeof *stream->transfers);
    if (stream->transfers == NULL) {
        return (int32_t) VD_E_MEMORY;
    }
    device_name(statement, index, name);
    IServerVirtualDeviceSet2 *server = statement->server;
    int32_t result = server->lpVtbl->OpenDevice(server, name, &stream->device);
    for (uint32_t i = 0; result == 0 && i < plan->buffers; i++) {
        Transfer *transfer = &stream->transfers[i];
        transfer->stream = stream;
        transfer->command.completionRoutine = completed;
        transfer->command.completionContext = (uint8_t *) transfer;
        result = server->lpVtbl->AllocateBuffer(server, &transfer->command.buffer, plan->transfer_size, BLOCK);
        transfer->next = stream->idle;
        stream->idle = transfer;
    }
    return result;
}

static int32_t transfer_all(PeerStatement *statement) {
    uint32_t started = 0;
    int32_t result = 0;
    while (result == 0 && started < statement->plan.devices) {
        result = open_stream(statement, started);
        Stream *stream = &statement->streams[started];
        if (result == 0 && pthread_create(&stream->thread, NULL, run_stream, stream) != 0) {
            result = (int32_t) VD_E_MEMORY;
        }
        started += result == 0;
    }
    if (result != 0) {
        statement->server->lpVtbl->SignalAbort(statement->server);
    }
    for (uint32_t i = 0; i < started; i++) {
        pthread_join(statement->streams[i].thread, NULL);
    }
    return result;
}

static void *run_statement(void *argument) {
    PeerStatement *statement = argument;
    pthread_t agent;
    int32_t result = configure(statement);
    if (result == 0 && pthread_create(&agent, NULL, run_agent, statement) != 0) {
        result = (int32_t) VD_E_MEMORY;
    }
    if (result == 0) {
        result = transfer_all(statement);
        statement->server->lpVtbl->Close(statement->server);
        pthread_join(agent, NULL);
    } else {
        statement->server->lpVtbl->Close(statement->server);
    }
    pthread_mutex_lock(&statement->lock);
    if (result != 0) {
        failed(statement, result, 0);
    }
    statement->ended = true;
    pthread_cond_broadcast(&statement->changed);
    pthread_mutex_unlock(&statement->lock);
    return NULL;
}

static uint64_t give_back(PeerStatement *statement) {
    uint64_t references = 0;
    for (uint32_t i = 0; i < statement->plan.devices; i++) {
        IServerVirtualDevice *device = statement->streams[i].device;
        if (device != NULL) {
            references += device->lpVtbl->Release(device);
        }
        free(statement->streams[i].transfers);
    }
    references += statement->server->lpVtbl->Release(statement->server);
    pthread_cond_destroy(&statement->changed);
    pthread_mutex_destroy(&statement->lock);
    free(statement);
    return references;
}

PeerStatement *peer_statement_start(IServerVirtualDeviceSet2 *server, const uint16_t *name, const PeerPlan *plan) {
    PeerStatement *statement = calloc(1, sizeof *statement);
    if (statement == NULL || plan->devices > MAX_DEVICES) {
        server->lpVtbl->Release(server);
        free(statement);
        return NULL;
    }
    statement->plan = *plan;
    statement->server = server;
    for (size_t i = 0; i < MAX_NAME && name[i] != 0; i++) {
        statement->name[i] = name[i];
    }
    pthread_mutex_init(&statement->lock, NULL);
    pthread_cond_init(&statement->changed, NULL);
    if (pthread_create(&statement->thread, NULL, run_statement, statement) != 0) {
        give_back(statement);
        return NULL;
    }
    return statement;
}

static bool await_end(PeerStatement *statement, uint32_t millis) {
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    uint64_t nanos = (uint64_t) deadline.tv_nsec + (uint64_t) (millis % 1000) * 1000000;
    deadline.tv_sec += (time_t) (millis / 1000 + nanos / 1000000000);
    deadline.tv_nsec = (long) (nanos % 1000000000);
    pthread_mutex_lock(&statement->lock);
    int waited = 0;
    while (!statement->ended && waited == 0) {
        waited = pthread_cond_timedwait(&statement->changed, &statement->lock, &deadline);
    }
    bool ended = statement->ended;
    pthread_mutex_unlock(&statement->lock);
    return ended;
}

int32_t peer_statement_wait(PeerStatement *statement, uint32_t millis, PeerVerdict *verdict) {
    if (!await_end(statement, millis)) {
        return (int32_t) VD_E_TIMEOUT;
    }
    pthread_join(statement->thread, NULL);
    *verdict = statement->verdict;
    verdict->references = give_back(statement);
    return 0;
}
