/* What the files of the core share. Functions here want the lock held, unless they say otherwise. */
#ifndef SQLVDI_PEER_INTERNAL_H
#define SQLVDI_PEER_INTERNAL_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "core.h"

#define MAX_NAME 260
#define MAX_INSTANCE 16
#define MAX_DEVICES 64
#define MAX_TRANSFER 4194304u
#define MAX_AREA 0x40000000u
#define QUEUE_DEPTH 256
#define FOREVER (-1)

typedef enum CommandState { UNUSED, QUEUED, FETCHED, COMPLETED } CommandState;

typedef struct Device Device;
typedef struct Command Command;
typedef struct CoreSet CoreSet;

/* A command on its way; the client sees only the first member. */
struct Command {
    VDC_Command seen;
    VDS_Command *sent;
    Device *device;
    Command *next;
    CommandState state;
};

typedef struct CommandList {
    Command *first;
    Command *last;
} CommandList;

struct Device {
    CoreSet *set;
    uint16_t name[MAX_NAME + 1];
    bool claimed;  /* by a client */
    bool closed;   /* by the server */
    bool told;     /* the client got VD_E_CLOSE */
    bool io_error; /* a command failed, and no VDC_ClearError has succeeded since */
    uint32_t held; /* fetched and not completed yet */
    CommandList queued;
    CommandList unused;
    Command commands[QUEUE_DEPTH];
};

typedef struct Buffer {
    struct Buffer *next;
    void *block;
    uint8_t *data;
    uint32_t size;
    uint32_t alignment;
    uint32_t handle; /* a new one with each allocation */
    uint64_t space;
    bool allocated;
} Buffer;

typedef enum Phase { CREATED, CONNECTED, CONFIGURABLE, INITIALIZED } Phase;

/* What a primary, its secondaries and a server have in common. */
struct CoreSet {
    CoreSet *next;
    int references;
    uint16_t name[MAX_NAME + 1];
    uint16_t instance[MAX_INSTANCE + 1];
    Phase phase;
    bool listed; /* can be found by name */
    bool aborted;
    bool served; /* a server has it open */
    bool primary_configured;
    VDConfig request;
    VDConfig agreed;
    uint32_t named; /* devices the server has opened */
    Device *devices[MAX_DEVICES];
    CommandList completed; /* to be called back by the agent */
    uint32_t outstanding;
    int64_t last_progress; /* ms, for serverTimeOut */
    Buffer *buffers;
    uint64_t requested; /* bytes of buffer space asked for */
    uint64_t available; /* bytes of it not allocated */
    pthread_cond_t changed;
};

struct CoreClient {
    CoreSet *set; /* NULL: does not exist */
    bool primary;
    bool configured;
    CoreClientDevice *devices;
};

struct CoreClientDevice {
    CoreClientDevice *next;
    CoreClient *owner; /* NULL when the client object is gone */
    CoreSet *set;      /* NULL when the client has closed */
    Device *device;
};

struct CoreServer {
    CoreSet *set; /* NULL before Open and after Close */
    bool over;
    bool agent_running;
    pthread_t agent;
    CoreServerDevice *devices;
};

struct CoreServerDevice {
    CoreServerDevice *next;
    CoreServer *owner;
    CoreSet *set;
    Device *device;
};

void core_enter(void);
void core_leave(void);
void core_count(int change);
int64_t core_now(void);
/* A point in time for core_wait; millis below 0 gives none. */
bool core_deadline(int64_t millis, struct timespec *deadline);
/* Waits for a change of the set; false when the deadline (NULL: none) is over. */
bool core_wait(CoreSet *set, const struct timespec *deadline);

/* names.c; no lock needed */
size_t name_length(const uint16_t *text, size_t most);
bool name_is_valid(const uint16_t *name);
bool name_equals(const uint16_t *one, const uint16_t *other);
void name_copy(uint16_t *to, const uint16_t *from);
/* The normal form of an instance name, 17 units; false when it cannot be one. */
bool instance_normalize(const uint16_t *instance, uint16_t *normal);
bool request_is_supported(const VDConfig *request);
bool is_power_of_two(uint32_t value);

/* set.c */
CoreSet *set_find(const uint16_t *name);
CoreSet *set_new(const uint16_t *instance, const uint16_t *name, const VDConfig *request);
void set_unlist(CoreSet *set);
void set_retain(CoreSet *set);
void set_release(CoreSet *set);
void set_abort(CoreSet *set);
void set_changed(CoreSet *set);
bool set_all_closed(const CoreSet *set);
Device *set_device(const CoreSet *set, const uint16_t *name);
Device *set_add_device(CoreSet *set, const uint16_t *name);

/* commands */
void list_append(CommandList *list, Command *command);
Command *list_take(CommandList *list);

/* buffers.c */
uint64_t buffer_space(const CoreSet *set, uint32_t size, uint32_t alignment);
Buffer *buffer_at(const CoreSet *set, const uint8_t *data);
Buffer *buffer_with(const CoreSet *set, uint32_t handle);
Buffer *buffer_allocate(CoreSet *set, uint32_t size, uint32_t alignment);
void buffers_free(CoreSet *set);

#endif
