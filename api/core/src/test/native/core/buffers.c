/*
 * Buffers of a set (VDI reference 7): each has a block of its own, and what is freed is kept for the next of the same
 * shape, so that the client sees the same addresses again.
 *
 *   block                     data (aligned)
 *     | slack | prefix zone   | data zone, size bytes |
 */
#include <stdlib.h>

#include "internal.h"

static uint64_t round_up(uint64_t value, uint64_t alignment) {
    return (value + alignment - 1) / alignment * alignment;
}

static uint32_t effective(const CoreSet *set, uint32_t alignment) {
    return alignment > set->agreed.alignment ? alignment : set->agreed.alignment;
}

uint64_t buffer_space(const CoreSet *set, uint32_t size, uint32_t alignment) {
    uint64_t step = effective(set, alignment);
    return round_up(set->agreed.prefixZoneSize, step) + round_up(size, step);
}

Buffer *buffer_at(const CoreSet *set, const uint8_t *data) {
    for (Buffer *buffer = set->buffers; buffer != NULL; buffer = buffer->next) {
        if (buffer->allocated && buffer->data == data) {
            return buffer;
        }
    }
    return NULL;
}

Buffer *buffer_with(const CoreSet *set, uint32_t handle) {
    for (Buffer *buffer = set->buffers; buffer != NULL; buffer = buffer->next) {
        if (buffer->allocated && buffer->handle == handle) {
            return buffer;
        }
    }
    return NULL;
}

static Buffer *unused_buffer(CoreSet *set, uint32_t size, uint32_t alignment) {
    for (Buffer *buffer = set->buffers; buffer != NULL; buffer = buffer->next) {
        if (!buffer->allocated && buffer->size == size && buffer->alignment == alignment) {
            return buffer;
        }
    }
    return NULL;
}

static Buffer *new_buffer(CoreSet *set, uint32_t size, uint32_t alignment) {
    Buffer *buffer = calloc(1, sizeof *buffer);
    uint64_t space = buffer_space(set, size, alignment);
    void *block = buffer == NULL ? NULL : calloc(1, space + alignment);
    if (block == NULL) {
        free(buffer);
        return NULL;
    }
    uintptr_t data = round_up((uintptr_t) block + set->agreed.prefixZoneSize, alignment);
    *buffer = (Buffer) {set->buffers, block, (uint8_t *) data, size, alignment, 0, space, false};
    set->buffers = buffer;
    return buffer;
}

/* Handles of different buffers, of different sets and of different allocations differ, by more than a bit. */
static uint32_t next_handle(void) {
    static uint32_t count;
    return ++count * 0x9E3779B1u;
}

Buffer *buffer_allocate(CoreSet *set, uint32_t size, uint32_t alignment) {
    uint32_t aligned = effective(set, alignment);
    uint64_t space = buffer_space(set, size, aligned);
    if (space > set->available) {
        return NULL;
    }
    Buffer *buffer = unused_buffer(set, size, aligned);
    if (buffer == NULL) {
        buffer = new_buffer(set, size, aligned);
    }
    if (buffer != NULL) {
        buffer->allocated = true;
        buffer->handle = next_handle();
        set->available -= space;
    }
    return buffer;
}

void buffers_free(CoreSet *set) {
    while (set->buffers != NULL) {
        Buffer *buffer = set->buffers;
        set->buffers = buffer->next;
        free(buffer->block);
        free(buffer);
    }
}
