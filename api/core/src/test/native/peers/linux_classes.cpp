/*
 * The two classes of SQL Server on Linux (VDI reference 13.2), as the samples' header has them: no virtual functions, one
 * private pointer, names that are found by mangling. Built as libsqlvdi.so.
 */
#include <stdint.h>
#include <time.h>

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "core.h"
#include "sqlvdi.h"

namespace {

std::atomic<int64_t> unit_millis {1};
std::atomic<int64_t> longest_timeout {-1};

/* The devices belong to the set, which ends them: no caller frees one. */
struct Set {
    CoreClient *core = core_client_new();
    std::mutex lock; /* guards the devices: several threads may open some */
    std::vector<ClientVirtualDevice *> devices;
};

std::u16string wide(const char *name) {
    return std::u16string(name, name + std::char_traits<char>::length(name));
}

const uint16_t *units(const std::u16string &name) {
    return reinterpret_cast<const uint16_t *>(name.c_str());
}

int64_t millis(time_t timeout) {
    if (timeout > longest_timeout) {
        longest_timeout = timeout;
    }
    return timeout < 0 ? -1 : static_cast<int64_t>(timeout) * unit_millis;
}

} // namespace

/* What a time-out of 1 means, in milliseconds: 1 or 1000. */
extern "C" PEER_EXPORT void peer_set_time_unit(int64_t milliseconds) {
    unit_millis = milliseconds;
    longest_timeout = -1;
}

/* The largest time-out that was passed since the unit was set. */
extern "C" PEER_EXPORT int64_t peer_longest_timeout(void) {
    return longest_timeout;
}

ClientVirtualDevice::ClientVirtualDevice() : inner(nullptr) {
}

ClientVirtualDevice::~ClientVirtualDevice() {
    if (inner != nullptr) {
        core_device_free(static_cast<CoreClientDevice *>(inner));
    }
}

int ClientVirtualDevice::GetCommand(time_t timeOut, VDC_Command **ppCmd) {
    return core_device_get_command(static_cast<CoreClientDevice *>(inner), millis(timeOut), ppCmd);
}

int ClientVirtualDevice::CompleteCommand(VDC_Command *pCmd, int completionCode, unsigned long bytesTransferred,
    int64_t position) {
    return core_device_complete(static_cast<CoreClientDevice *>(inner), pCmd, static_cast<uint32_t>(completionCode),
        bytesTransferred, static_cast<uint64_t>(position));
}

static Set *set_of(void *inner) {
    return static_cast<Set *>(inner);
}

ClientVirtualDeviceSet::ClientVirtualDeviceSet() : inner(new Set()) {
}

ClientVirtualDeviceSet::~ClientVirtualDeviceSet() {
    Set *set = set_of(inner);
    core_client_close(set->core);
    for (ClientVirtualDevice *device : set->devices) {
        delete device;
    }
    core_client_free(set->core);
    delete set;
}

int ClientVirtualDeviceSet::Create(char *name, VDConfig *cfg) {
    return core_client_create(set_of(inner)->core, nullptr, units(wide(name)), cfg);
}

int ClientVirtualDeviceSet::GetConfiguration(time_t timeout, VDConfig *cfg) {
    return core_client_get_configuration(set_of(inner)->core, millis(timeout), cfg);
}

int ClientVirtualDeviceSet::OpenDevice(char *name, ClientVirtualDevice **ppVirtualDevice) {
    CoreClientDevice *core = nullptr;
    *ppVirtualDevice = nullptr;
    int result = core_client_open_device(set_of(inner)->core, units(wide(name)), &core);
    if (result == 0) {
        ClientVirtualDevice *device = new ClientVirtualDevice();
        device->inner = core;
        std::lock_guard<std::mutex> guard(set_of(inner)->lock);
        set_of(inner)->devices.push_back(device);
        *ppVirtualDevice = device;
    }
    return result;
}

int ClientVirtualDeviceSet::Close() {
    return core_client_close(set_of(inner)->core);
}

int ClientVirtualDeviceSet::SignalAbort() {
    return core_client_abort(set_of(inner)->core);
}

int ClientVirtualDeviceSet::OpenInSecondary(char *setName) {
    return core_client_join(set_of(inner)->core, nullptr, units(wide(setName)));
}

int ClientVirtualDeviceSet::GetBufferHandle(uint8_t *pBuffer, unsigned int *pBufferHandle) {
    return core_client_get_handle(set_of(inner)->core, pBuffer, pBufferHandle);
}

int ClientVirtualDeviceSet::MapBufferHandle(int dwBuffer, uint8_t **ppBuffer) {
    return core_client_map_handle(set_of(inner)->core, static_cast<uint32_t>(dwBuffer), ppBuffer);
}

/* The library calls it itself, when a device has closed; this one counts no devices. */
void ClientVirtualDeviceSet::RegisterDeviceClosed() {
}
