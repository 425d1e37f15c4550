/* What makes the C objects a library of COM classes: DllGetClassObject and the factories it gives. */
#include <stdatomic.h>

#include "com.h"
#include "identifiers.h"

typedef struct IClassFactory IClassFactory;

typedef struct IClassFactoryVtbl {
    IUnknown_QueryInterface QueryInterface;
    IUnknown_AddRef AddRef;
    IUnknown_Release Release;
    int32_t (*CreateInstance)(IClassFactory *self, void *outer, const uint8_t *iid, void **out);
    int32_t (*LockServer)(IClassFactory *self, int32_t lock);
} IClassFactoryVtbl;

/* Part of the library, as long as which it lives; its references are counted for those who look. */
struct IClassFactory {
    const IClassFactoryVtbl *lpVtbl;
    atomic_uint references;
};

static uint32_t factory_add_ref(void *self) {
    return atomic_fetch_add(&((IClassFactory *) self)->references, 1) + 1;
}

static uint32_t factory_release(void *self) {
    return atomic_fetch_sub(&((IClassFactory *) self)->references, 1) - 1;
}

static int32_t factory_query(void *self, const uint8_t *iid, void **out) {
    if (out == NULL || iid == NULL) {
        return (int32_t) E_POINTER;
    }
    bool known = guid_equals(iid, iid_unknown) || guid_equals(iid, iid_class_factory);
    *out = known ? self : NULL;
    if (known) {
        factory_add_ref(self);
    }
    return known ? 0 : (int32_t) E_NOINTERFACE;
}

static int32_t factory_lock(IClassFactory *self, int32_t lock) {
    (void) self;
    (void) lock;
    return 0;
}

/* Whether an object may be made: the result of CreateInstance if not, whose pointer is NULL then. */
static int32_t check(const void *outer, void **out) {
    if (out == NULL) {
        return (int32_t) E_POINTER;
    }
    *out = NULL;
    return outer != NULL ? (int32_t) CLASS_E_NOAGGREGATION : 0;
}

/* The reference of the construction is given back: what the caller asked for holds its own. */
static int32_t give(IUnknown *object, const uint8_t *iid, void **out) {
    if (object == NULL) {
        return (int32_t) E_OUTOFMEMORY;
    }
    int32_t result = object->lpVtbl->QueryInterface(object, iid, out);
    object->lpVtbl->Release(object);
    return result;
}

static int32_t create_client(IClassFactory *self, void *outer, const uint8_t *iid, void **out) {
    (void) self;
    int32_t refused = check(outer, out);
    return refused != 0 ? refused : give((IUnknown *) com_client_set_new(), iid, out);
}

static int32_t create_server(IClassFactory *self, void *outer, const uint8_t *iid, void **out) {
    (void) self;
    int32_t refused = check(outer, out);
    return refused != 0 ? refused : give((IUnknown *) peer_create_server_set(), iid, out);
}

static const IClassFactoryVtbl client_vtbl = {
    factory_query, factory_add_ref, factory_release, create_client, factory_lock};
static const IClassFactoryVtbl server_vtbl = {
    factory_query, factory_add_ref, factory_release, create_server, factory_lock};
static IClassFactory client_factory = {&client_vtbl, 0};
static IClassFactory server_factory = {&server_vtbl, 0};

PEER_EXPORT int32_t DllGetClassObject(const uint8_t *clsid, const uint8_t *iid, void **out);

PEER_EXPORT int32_t DllGetClassObject(const uint8_t *clsid, const uint8_t *iid, void **out) {
    if (out == NULL) {
        return (int32_t) E_POINTER;
    }
    *out = NULL;
    if (guid_equals(clsid, clsid_client_set)) {
        return factory_query(&client_factory, iid, out);
    }
    if (guid_equals(clsid, clsid_server_set)) {
        return factory_query(&server_factory, iid, out);
    }
    return (int32_t) CLASS_E_CLASSNOTAVAILABLE;
}
