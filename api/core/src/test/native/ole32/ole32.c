/*
 * The functions of ole32 that the provider for Windows calls, and CoInitializeEx, for tests elsewhere: apartments by the rules
 * of COM, and one registered library, the one that this is linked into.
 */
#include "com.h"
#include "identifiers.h"

#define NOT_INITIALIZED 0xFFFFFFFFu
#define SINGLE_THREADED 2u /* COINIT_APARTMENTTHREADED */
#define APTTYPE_STA 0
#define APTTYPE_MTA 1
#define APTTYPEQUALIFIER_NONE 0
#define APTTYPEQUALIFIER_IMPLICIT_MTA 1

static _Thread_local uint32_t apartment = NOT_INITIALIZED;
static _Atomic int mta_users;
static int32_t mta_usage_result = 0;
static int registered = 1;

int32_t DllGetClassObject(const uint8_t *clsid, const uint8_t *iid, void **out);
/* What CoIncrementMTAUsage returns. */
PEER_EXPORT void peer_set_mta_usage(int32_t result) {
    mta_usage_result = result;
}

PEER_EXPORT int32_t CoIncrementMTAUsage(void **cookie) {
    if (mta_usage_result == 0) {
        *cookie = &mta_users;
        mta_users++;
    }
    return mta_usage_result;
}

PEER_EXPORT int32_t CoGetApartmentType(int32_t *type, int32_t *qualifier) {
    if (apartment == NOT_INITIALIZED && mta_users == 0) {
        return (int32_t) CO_E_NOTINITIALIZED;
    }
    *type = apartment == SINGLE_THREADED ? APTTYPE_STA : APTTYPE_MTA;
    *qualifier = apartment == NOT_INITIALIZED ? APTTYPEQUALIFIER_IMPLICIT_MTA : APTTYPEQUALIFIER_NONE;
    return 0;
}

PEER_EXPORT int32_t CoInitializeEx(void *reserved, uint32_t mode);
PEER_EXPORT int32_t CoIncrementMTAUsage(void **cookie);
PEER_EXPORT int32_t CoGetApartmentType(int32_t *type, int32_t *qualifier);
PEER_EXPORT int32_t CoCreateInstance(const uint8_t *clsid, void *outer, uint32_t context, const uint8_t *iid, void **out);
PEER_EXPORT void peer_set_registered(int32_t value);
PEER_EXPORT void peer_set_mta_usage(int32_t result);

/* Whether CoCreateInstance knows the classes. */
PEER_EXPORT void peer_set_registered(int32_t value) {
    registered = value;
}

PEER_EXPORT int32_t CoInitializeEx(void *reserved, uint32_t mode) {
    (void) reserved;
    if (apartment == NOT_INITIALIZED) {
        apartment = mode;
        return 0;
    }
    return (int32_t) (apartment == mode ? S_FALSE : RPC_E_CHANGED_MODE);
}

typedef struct Factory {
    const struct {
        IUnknown_QueryInterface QueryInterface;
        IUnknown_AddRef AddRef;
        IUnknown_Release Release;
        int32_t (*CreateInstance)(void *self, void *outer, const uint8_t *iid, void **out);
    } *lpVtbl;
} Factory;

PEER_EXPORT int32_t CoCreateInstance(const uint8_t *clsid, void *outer, uint32_t context, const uint8_t *iid, void **out) {
    void *found = NULL;
    if (apartment == NOT_INITIALIZED && mta_users == 0) {
        return (int32_t) CO_E_NOTINITIALIZED;
    }
    if (!registered || context != 1) {
        return (int32_t) REGDB_E_CLASSNOTREG;
    }
    int32_t result = DllGetClassObject(clsid, iid_class_factory, &found);
    if (result != 0) {
        return result;
    }
    Factory *factory = found;
    result = factory->lpVtbl->CreateInstance(factory, outer, iid, out);
    factory->lpVtbl->Release(factory);
    return result;
}
