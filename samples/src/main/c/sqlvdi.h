/*
 * The client's view of libsqlvdi.so: the two classes that SQL Server's own library for Linux has (VDI reference 13.2), and
 * nothing else. A client that was compiled with SQL Server's header needs no other: names and layout are the same.
 *
 * A result is 0 or one of the negative VD_E_ codes of vdi.h. Names are UTF-8 without a backslash.
 */
#ifndef SQLVDI_SQLVDI_H
#define SQLVDI_SQLVDI_H

#include <stdint.h>
#include <time.h>

#include "vdi.h"

#if defined(__GNUC__) && !defined(_WIN32)
#define SQLVDI_EXPORT __attribute__((visibility("default")))
#else
#define SQLVDI_EXPORT
#endif

/* A device. OpenDevice makes it; it lives as long as its set, unless the client deletes it first. */
class SQLVDI_EXPORT ClientVirtualDevice {
public:
    ClientVirtualDevice();
    ~ClientVirtualDevice();
    /* The time-out is in milliseconds (or seconds: SQLVDI_TIMEOUT_UNIT): 0 polls, a negative one waits without limit. */
    int GetCommand(time_t timeOut, VDC_Command **ppCmd);
    int CompleteCommand(VDC_Command *pCmd, int completionCode, unsigned long bytesTransferred, int64_t position);

private:
    ClientVirtualDevice(const ClientVirtualDevice &);
    ClientVirtualDevice &operator=(const ClientVirtualDevice &);
    friend class ClientVirtualDeviceSet;
    void *inner;
};

/* A device set. */
class SQLVDI_EXPORT ClientVirtualDeviceSet {
public:
    ClientVirtualDeviceSet();
    /* Closes the set if it is open, and frees its devices. */
    ~ClientVirtualDeviceSet();
    int Create(char *name, VDConfig *cfg);
    int GetConfiguration(time_t timeout, VDConfig *cfg);
    int OpenDevice(char *name, ClientVirtualDevice **ppVirtualDevice);
    int Close();
    int SignalAbort();
    int OpenInSecondary(char *setName);
    int GetBufferHandle(uint8_t *pBuffer, unsigned int *pBufferHandle);
    int MapBufferHandle(int dwBuffer, uint8_t **ppBuffer);
    /* Not for clients; does nothing. */
    void RegisterDeviceClosed();

private:
    ClientVirtualDeviceSet(const ClientVirtualDeviceSet &);
    ClientVirtualDeviceSet &operator=(const ClientVirtualDeviceSet &);
    void *inner;
};

#endif
