/*
 * sqlvdi.dll, and libvdihost.so for Linux: a library of COM classes whose objects are those of sqlvdi's embedded VDI. With
 * it in the place of SQL Server's sqlvdi.dll, a program written for that one runs against the embedded VDI, unchanged.
 *
 * Both classes are to be registered, client {40700425-0080-11D2-851F-00C04FC21759} and server
 * {B5E7A132-A7BD-11D1-84C2-00C04FC21759}: a process that plays the server, as the emulated server does when it is told to
 * take the machine's VDI, gets REGDB_E_CLASSNOTREG where the client's alone is there.
 */
#include "host.h"

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

#define STILL_IN_USE 1 /* S_FALSE */

EXPORT int32_t DllGetClassObject(const void *clsid, const void *iid, void **ppv);
EXPORT int32_t DllCanUnloadNow(void);

int32_t DllGetClassObject(const void *clsid, const void *iid, void **ppv) {
    if (ppv == NULL) {
        return HOST_NULL_POINTER;
    }
    *ppv = NULL;
    int32_t result = host_may_call();
    return result != 0 ? result : host_get_class_object(clsid, iid, ppv);
}

/* A JVM cannot be unloaded. */
int32_t DllCanUnloadNow(void) {
    return STILL_IN_USE;
}
