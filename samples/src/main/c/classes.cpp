/*
 * libsqlvdi.so: the C++ classes of SQL Server on Linux (VDI reference 13.2) over the COM objects of the embedded VDI. With
 * it in the place of SQL Server's libsqlvdi.so, a program written for that one runs against the embedded VDI, unchanged.
 *
 * An object starts no JVM before the first call that needs one. A call that the JVM would not survive is refused before it
 * reaches the JVM: in a child by fork, or on a small stack.
 */
#include "sqlvdi.h"

#include <pthread.h>

#include <cstdlib>
#include <cstring>
#include <new>

#include "host.h"

namespace {

const uint32_t longest = INFINITE - 1; /* milliseconds, 49.7 days: more cannot be said to a COM object */
const size_t name_room = 300;          /* UTF-16 units; the VDI refuses names of more than 260 */

/* VDI reference 3.1, as the bytes are in memory. */
const uint8_t clsid_client_set[] = {0x25, 0x04, 0x70, 0x40, 0x80, 0x00, 0xd2, 0x11, 0x85, 0x1f, 0x00, 0xc0, 0x4f, 0xc2,
    0x17, 0x59};
const uint8_t iid_client_set2[] = {0x07, 0xeb, 0xe6, 0xd0, 0x62, 0x7a, 0xd2, 0x11, 0x85, 0x73, 0x00, 0xc0, 0x4f, 0xc2,
    0x17, 0x59};
const uint8_t iid_class_factory[] = {0x01, 0, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46};

struct ClassFactory;
struct ClassFactoryVtbl {
    int32_t (*QueryInterface)(ClassFactory *, const void *, void **);
    uint32_t (*AddRef)(ClassFactory *);
    uint32_t (*Release)(ClassFactory *);
    int32_t (*CreateInstance)(ClassFactory *, void *, const void *, void **);
    int32_t (*LockServer)(ClassFactory *, int32_t);
};
struct ClassFactory {
    const ClassFactoryVtbl *lpVtbl;
};

struct Device;

/* What a ClientVirtualDeviceSet points to. The lock guards all of it: several threads may open devices. */
struct Set {
    pthread_mutex_t lock;
    IClientVirtualDeviceSet2 *com; /* null before the first call */
    time_t unit;                   /* milliseconds of a time-out of 1 */
    Device *devices;
};

/* What a ClientVirtualDevice points to. */
struct Device {
    IClientVirtualDevice *com;
    Set *set;
    ClientVirtualDevice *object;
    Device *next;
};

class Guard {
public:
    explicit Guard(Set *owner) : set(owner) {
        pthread_mutex_lock(&set->lock);
    }
    ~Guard() {
        pthread_mutex_unlock(&set->lock);
    }

private:
    Set *set;
};

int code(uint32_t hresult) {
    return static_cast<int>(hresult);
}

/* 0 if the value is not allowed. */
time_t unit_of_timeouts() {
    char value[16];
    system_setting("SQLVDI_TIMEOUT_UNIT", "TimeoutUnit", value, sizeof value);
    if (value[0] == '\0' && std::getenv("SQLVDI_TIMEOUT_UNIT") == nullptr) {
        return 1;
    }
    return std::strcmp(value, "ms") == 0 ? 1 : std::strcmp(value, "s") == 0 ? 1000 : 0;
}

uint32_t millis(time_t timeout, time_t unit) {
    if (timeout < 0 || timeout == static_cast<time_t>(INFINITE)) {
        return INFINITE;
    }
    return timeout > static_cast<time_t>(longest) / unit ? longest : static_cast<uint32_t>(timeout * unit);
}

int32_t create_object(IClientVirtualDeviceSet2 **com) {
    void *pointer = nullptr;
    int32_t result = host_get_class_object(clsid_client_set, iid_class_factory, &pointer);
    if (result == 0) {
        auto *factory = static_cast<ClassFactory *>(pointer);
        result = factory->lpVtbl->CreateInstance(factory, nullptr, iid_client_set2, &pointer);
        factory->lpVtbl->Release(factory);
    }
    if (result == 0) {
        *com = static_cast<IClientVirtualDeviceSet2 *>(pointer);
    }
    return result;
}

/* The COM object of a set, which the first call makes. */
int32_t object_of(void *inner, IClientVirtualDeviceSet2 **com) {
    auto *set = static_cast<Set *>(inner);
    if (set == nullptr) {
        return code(VD_E_MEMORY);
    }
    int32_t result = host_may_call();
    if (result != 0) {
        return result;
    }
    Guard guard(set);
    if (set->com == nullptr) {
        if (set->unit == 0) {
            return host_complain(code(VD_E_INVALID), "SQLVDI_TIMEOUT_UNIT is neither ms nor s", "");
        }
        result = create_object(&set->com);
    }
    *com = set->com;
    return result;
}

/* A char* name as UTF-16. */
class Name {
public:
    explicit Name(const char *text) : pointer(text == nullptr ? nullptr : units), valid(true) {
        if (text != nullptr) {
            valid = convert(reinterpret_cast<const unsigned char *>(text));
        }
    }
    const uint16_t *wide() const {
        return pointer;
    }
    bool is_valid() const {
        return valid;
    }

private:
    /* The bytes that follow the first one of a character, by its highest bits; -1: it is none. */
    static int following(unsigned char first) {
        return first < 0x80 ? 0 : first < 0xC2 ? -1 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : first < 0xF5 ? 3 : -1;
    }

    bool convert(const unsigned char *text) {
        static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
        size_t length = 0;
        while (*text != '\0') {
            int more = following(*text);
            if (more < 0 || *text == '\\' || length + 3 > name_room) {
                return false;
            }
            uint32_t point = more == 0 ? *text : *text & (0x3Fu >> more);
            text++;
            for (int i = 0; i < more; i++, text++) {
                if ((*text & 0xC0) != 0x80) {
                    return false;
                }
                point = point << 6 | (*text & 0x3Fu);
            }
            if (point < least[more] || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) {
                return false;
            }
            if (point >= 0x10000) {
                units[length++] = static_cast<uint16_t>(0xD7C0 + (point >> 10));
                units[length++] = static_cast<uint16_t>(0xDC00 | (point & 0x3FF));
            } else {
                units[length++] = static_cast<uint16_t>(point);
            }
        }
        units[length] = 0;
        return true;
    }

    uint16_t units[name_room];
    const uint16_t *pointer;
    bool valid;
};

IClientVirtualDeviceSet *base(IClientVirtualDeviceSet2 *com) {
    return reinterpret_cast<IClientVirtualDeviceSet *>(com); /* the first eleven slots are the same */
}

/* Takes a device out of the list of its set; null if it is not there. */
Device *take(Set *set, const void *device) {
    Guard guard(set);
    for (Device **each = &set->devices; *each != nullptr; each = &(*each)->next) {
        if (*each == device) {
            Device *found = *each;
            *each = found->next;
            return found;
        }
    }
    return nullptr;
}

} // namespace

ClientVirtualDevice::ClientVirtualDevice() : inner(nullptr) {
}

ClientVirtualDevice::~ClientVirtualDevice() {
    auto *device = static_cast<Device *>(inner);
    if (device == nullptr) {
        return;
    }
    if (device->set != nullptr) {
        take(device->set, device);
    }
    if (host_may_call() == 0) {
        device->com->lpVtbl->Release(device->com);
    }
    delete device;
    inner = nullptr;
}

int ClientVirtualDevice::GetCommand(time_t timeOut, VDC_Command **ppCmd) {
    auto *device = static_cast<Device *>(inner);
    if (device == nullptr) {
        return code(VD_E_PROTOCOL);
    }
    int32_t result = host_may_call();
    return result != 0 ? result
                       : device->com->lpVtbl->GetCommand(device->com, millis(timeOut, device->set->unit), ppCmd);
}

int ClientVirtualDevice::CompleteCommand(VDC_Command *pCmd, int completionCode, unsigned long bytesTransferred,
    int64_t position) {
    auto *device = static_cast<Device *>(inner);
    if (device == nullptr) {
        return code(VD_E_PROTOCOL);
    }
    if (bytesTransferred > UINT32_MAX) { /* no command is for so many */
        return code(VD_E_INVALID);
    }
    int32_t result = host_may_call();
    return result != 0 ? result
                       : device->com->lpVtbl->CompleteCommand(device->com, pCmd, static_cast<uint32_t>(completionCode),
                             static_cast<uint32_t>(bytesTransferred), static_cast<unsigned long long>(position));
}

ClientVirtualDeviceSet::ClientVirtualDeviceSet() : inner(nullptr) {
    auto *set = new (std::nothrow) Set();
    if (set != nullptr) {
        pthread_mutex_init(&set->lock, nullptr);
        set->unit = unit_of_timeouts();
    }
    inner = set;
}

ClientVirtualDeviceSet::~ClientVirtualDeviceSet() {
    auto *set = static_cast<Set *>(inner);
    if (set == nullptr || (set->com != nullptr && host_may_call() != 0)) {
        return; /* what the JVM holds stays with it */
    }
    if (set->com != nullptr) {
        set->com->lpVtbl->Close(base(set->com)); /* VD_E_PROTOCOL if it is closed already */
    }
    while (set->devices != nullptr) {
        delete set->devices->object; /* takes itself out of the list */
    }
    if (set->com != nullptr) {
        set->com->lpVtbl->Release(set->com);
    }
    pthread_mutex_destroy(&set->lock);
    delete set;
    inner = nullptr;
}

int ClientVirtualDeviceSet::Create(char *name, VDConfig *cfg) {
    Name wide(name);
    IClientVirtualDeviceSet2 *com = nullptr;
    int32_t result = wide.is_valid() ? object_of(inner, &com) : code(VD_E_INVALID);
    return result != 0 ? result : com->lpVtbl->CreateEx(com, nullptr, wide.wide(), cfg);
}

int ClientVirtualDeviceSet::GetConfiguration(time_t timeout, VDConfig *cfg) {
    IClientVirtualDeviceSet2 *com = nullptr;
    int32_t result = object_of(inner, &com);
    return result != 0 ? result
                       : com->lpVtbl->GetConfiguration(base(com), millis(timeout, static_cast<Set *>(inner)->unit), cfg);
}

int ClientVirtualDeviceSet::OpenDevice(char *name, ClientVirtualDevice **ppVirtualDevice) {
    if (ppVirtualDevice == nullptr) {
        return code(VD_E_INVALID);
    }
    *ppVirtualDevice = nullptr;
    Name wide(name);
    IClientVirtualDeviceSet2 *com = nullptr;
    IClientVirtualDevice *opened = nullptr;
    int32_t result = wide.is_valid() ? object_of(inner, &com) : code(VD_E_INVALID);
    if (result == 0) {
        result = com->lpVtbl->OpenDevice(base(com), wide.wide(), &opened);
    }
    if (result != 0) {
        return result;
    }
    auto *set = static_cast<Set *>(inner);
    auto *object = new (std::nothrow) ClientVirtualDevice();
    auto *device = new (std::nothrow) Device();
    if (object == nullptr || device == nullptr) {
        delete object;
        delete device;
        opened->lpVtbl->Release(opened);
        return code(VD_E_MEMORY);
    }
    device->com = opened;
    device->set = set;
    device->object = object;
    object->inner = device;
    Guard guard(set);
    device->next = set->devices;
    set->devices = device;
    *ppVirtualDevice = object;
    return 0;
}

int ClientVirtualDeviceSet::Close() {
    IClientVirtualDeviceSet2 *com = nullptr;
    int32_t result = object_of(inner, &com);
    return result != 0 ? result : com->lpVtbl->Close(base(com));
}

int ClientVirtualDeviceSet::SignalAbort() {
    IClientVirtualDeviceSet2 *com = nullptr;
    int32_t result = object_of(inner, &com);
    return result != 0 ? result : com->lpVtbl->SignalAbort(base(com));
}

int ClientVirtualDeviceSet::OpenInSecondary(char *setName) {
    Name wide(setName);
    IClientVirtualDeviceSet2 *com = nullptr;
    int32_t result = wide.is_valid() ? object_of(inner, &com) : code(VD_E_INVALID);
    return result != 0 ? result : com->lpVtbl->OpenInSecondaryEx(com, nullptr, wide.wide());
}

int ClientVirtualDeviceSet::GetBufferHandle(uint8_t *pBuffer, unsigned int *pBufferHandle) {
    IClientVirtualDeviceSet2 *com = nullptr;
    int32_t result = object_of(inner, &com);
    return result != 0 ? result : com->lpVtbl->GetBufferHandle(base(com), pBuffer, pBufferHandle);
}

int ClientVirtualDeviceSet::MapBufferHandle(int dwBuffer, uint8_t **ppBuffer) {
    IClientVirtualDeviceSet2 *com = nullptr;
    int32_t result = object_of(inner, &com);
    return result != 0 ? result : com->lpVtbl->MapBufferHandle(base(com), static_cast<uint32_t>(dwBuffer), ppBuffer);
}

void ClientVirtualDeviceSet::RegisterDeviceClosed() {
}
