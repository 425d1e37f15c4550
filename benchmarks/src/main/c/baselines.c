/*
 * What a call of IClientVirtualDevice::CompleteCommand costs without Java, and the C half of the JNI and JNA baselines.
 * The device stores two of its arguments: enough that no compiler drops the call, too little to hide its cost.
 */
#include <jni.h>
#include <stdlib.h>

#include "io_github_sqlvdi_benchmarks_baseline_JniBaseline.h"
#include "sqlvdi/vdi.h"

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

typedef struct StoringDevice {
    IClientVirtualDevice face;
    uint32_t bytesTransferred;
    unsigned long long position;
} StoringDevice;

static int32_t complete(IClientVirtualDevice *self, VDC_Command *pCmd, uint32_t dwCompletionCode,
                        uint32_t dwBytesTransferred, unsigned long long dwlPosition) {
    StoringDevice *device = (StoringDevice *) self;
    (void) pCmd;
    device->bytesTransferred = dwBytesTransferred;
    device->position = dwlPosition;
    return (int32_t) dwCompletionCode;
}

static const IClientVirtualDeviceVtbl VTABLE = {.CompleteCommand = complete};

/* A device that lives as long as the process. */
EXPORT IClientVirtualDevice *sqlvdi_storing_device(void) {
    StoringDevice *device = calloc(1, sizeof *device);
    if (device != NULL) {
        device->face.lpVtbl = &VTABLE;
    }
    return device == NULL ? NULL : &device->face;
}

/* For JNA, which calls exported functions and not slots. */
EXPORT int32_t sqlvdi_complete(IClientVirtualDevice *self, VDC_Command *pCmd, uint32_t dwCompletionCode,
                               uint32_t dwBytesTransferred, unsigned long long dwlPosition) {
    return self->lpVtbl->CompleteCommand(self, pCmd, dwCompletionCode, dwBytesTransferred, dwlPosition);
}

/* The limit: the same calls, made by C. The pointer is volatile so that each call loads vtable and slot. */
EXPORT int32_t sqlvdi_complete_many(IClientVirtualDevice *self, uint32_t calls) {
    IClientVirtualDevice *volatile device = self;
    int32_t sum = 0;
    for (uint32_t i = 0; i < calls; i++) {
        IClientVirtualDevice *now = device;
        sum += now->lpVtbl->CompleteCommand(now, NULL, 0, i, i);
    }
    return sum;
}

JNIEXPORT jint JNICALL Java_io_github_sqlvdi_benchmarks_baseline_JniBaseline_completeCommand(
        JNIEnv *env, jclass type, jlong device, jlong pCmd, jint completionCode, jint bytesTransferred, jlong position) {
    IClientVirtualDevice *self = (IClientVirtualDevice *) (intptr_t) device;
    (void) env;
    (void) type;
    return self->lpVtbl->CompleteCommand(self, (VDC_Command *) (intptr_t) pCmd, (uint32_t) completionCode,
                                         (uint32_t) bytesTransferred, (unsigned long long) position);
}
