/* IUnknown of the COM objects in C. */
#ifndef SQLVDI_PEER_UNKNOWN_H
#define SQLVDI_PEER_UNKNOWN_H

#include <stdatomic.h>
#include <stdlib.h>

#include "com.h"
#include "identifiers.h"

/*
 * Defines PREFIX_add_ref, PREFIX_release and PREFIX_query for objects of this TYPE, which has one vtable and these members:
 * the interface first, `atomic_uint references`, and `core`, which FREE ends with the last reference. The arguments at the end
 * are the identifiers of its interfaces beside IUnknown.
 */
#define UNKNOWN(PREFIX, TYPE, FREE, ...) \
    static uint32_t PREFIX##_add_ref(void *self) { \
        return atomic_fetch_add(&((TYPE *) self)->references, 1) + 1; \
    } \
    \
    static uint32_t PREFIX##_release(void *self) { \
        uint32_t left = atomic_fetch_sub(&((TYPE *) self)->references, 1) - 1; \
        if (left == 0) { \
            FREE(((TYPE *) self)->core); \
            free(self); \
        } \
        return left; \
    } \
    \
    static int32_t PREFIX##_query(void *self, const uint8_t *iid, void **out) { \
        const uint8_t *const known[] = {iid_unknown, __VA_ARGS__}; \
        if (out == NULL || iid == NULL) { \
            return (int32_t) E_POINTER; \
        } \
        for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) { \
            if (guid_equals(iid, known[i])) { \
                PREFIX##_add_ref(self); \
                *out = self; \
                return 0; \
            } \
        } \
        *out = NULL; \
        return (int32_t) E_NOINTERFACE; \
    }

#endif
