/*
 * The same COM objects as C++ classes: abstract interfaces derived from one another as the published header declares
 * them, so that a C++ compiler lays out the vtables. No destructor is virtual: that would take slots.
 */
#include <atomic>
#include <new>

#include "com.h"
#include "identifiers.h"

namespace {

struct Unknown {
    virtual int32_t QueryInterface(const uint8_t *iid, void **out) = 0;
    virtual uint32_t AddRef() = 0;
    virtual uint32_t Release() = 0;
};

struct ClientVirtualDevice : Unknown {
    virtual int32_t GetCommand(uint32_t timeout, VDC_Command **command) = 0;
    virtual int32_t CompleteCommand(VDC_Command *command, uint32_t code, uint32_t bytes, unsigned long long position) = 0;
};

struct ClientVirtualDeviceSet : Unknown {
    virtual int32_t Create(const uint16_t *name, VDConfig *config) = 0;
    virtual int32_t GetConfiguration(uint32_t timeout, VDConfig *config) = 0;
    virtual int32_t OpenDevice(const uint16_t *name, ClientVirtualDevice **device) = 0;
    virtual int32_t Close() = 0;
    virtual int32_t SignalAbort() = 0;
    virtual int32_t OpenInSecondary(const uint16_t *name) = 0;
    virtual int32_t GetBufferHandle(uint8_t *buffer, uint32_t *handle) = 0;
    virtual int32_t MapBufferHandle(uint32_t handle, uint8_t **buffer) = 0;
};

struct ClientVirtualDeviceSet2 : ClientVirtualDeviceSet {
    virtual int32_t CreateEx(const uint16_t *instance, const uint16_t *name, VDConfig *config) = 0;
    virtual int32_t OpenInSecondaryEx(const uint16_t *instance, const uint16_t *name) = 0;
};

struct ServerVirtualDevice : Unknown {
    virtual int32_t SendCommand(VDS_Command *command) = 0;
    virtual int32_t CloseDevice() = 0;
};

struct ServerVirtualDeviceSet2 : Unknown {
    virtual int32_t Open(const uint16_t *instance, const uint16_t *name) = 0;
    virtual int32_t GetConfiguration(VDConfig *config) = 0;
    virtual int32_t BeginConfiguration(uint32_t features, uint32_t block, uint32_t alignment, uint32_t transfer,
        uint32_t timeout) = 0;
    virtual int32_t EndConfiguration() = 0;
    virtual int32_t RequestBuffers(uint32_t size, uint32_t alignment, uint32_t count) = 0;
    virtual int32_t QueryAvailableBuffers(uint32_t size, uint32_t alignment, uint32_t *count) = 0;
    virtual int32_t ExecuteCompletionAgent() = 0;
    virtual int32_t OpenDevice(const uint16_t *name, ServerVirtualDevice **device) = 0;
    virtual int32_t AllocateBuffer(uint8_t **buffer, uint32_t size, uint32_t alignment) = 0;
    virtual int32_t FreeBuffer(uint8_t *buffer, uint32_t size) = 0;
    virtual int32_t IsSharedBuffer(uint8_t *address) = 0;
    virtual int32_t SignalAbort() = 0;
    virtual int32_t Close() = 0;
};

struct ClassFactory : Unknown {
    virtual int32_t CreateInstance(Unknown *outer, const uint8_t *iid, void **out) = 0;
    virtual int32_t LockServer(int32_t lock) = 0;
};

int32_t code(uint32_t hresult) {
    return static_cast<int32_t>(hresult);
}

int64_t millis(uint32_t timeout) {
    return timeout == INFINITE ? -1 : static_cast<int64_t>(timeout);
}

/* IUnknown of an object with one interface and its bases, all of which are the same pointer. */
template <class Interface, class Self>
class Counted : public Interface {
public:
    int32_t QueryInterface(const uint8_t *iid, void **out) override {
        if (out == nullptr || iid == nullptr) {
            return code(E_POINTER);
        }
        *out = nullptr;
        if (!guid_equals(iid, iid_unknown) && !Self::answers(iid)) {
            return code(E_NOINTERFACE);
        }
        *out = static_cast<Interface *>(this);
        AddRef();
        return 0;
    }

    uint32_t AddRef() override {
        return ++references_;
    }

    uint32_t Release() override {
        uint32_t left = --references_;
        if (left == 0) {
            delete static_cast<Self *>(this);
        }
        return left;
    }

private:
    std::atomic<uint32_t> references_ {1};
};

class ClientDevice final : public Counted<ClientVirtualDevice, ClientDevice> {
public:
    explicit ClientDevice(CoreClientDevice *core) : core_(core) {
    }

    ~ClientDevice() {
        core_device_free(core_);
    }

    static bool answers(const uint8_t *iid) {
        return guid_equals(iid, iid_client_device);
    }

    int32_t GetCommand(uint32_t timeout, VDC_Command **command) override {
        return core_device_get_command(core_, millis(timeout), command);
    }

    int32_t CompleteCommand(VDC_Command *command, uint32_t completion, uint32_t bytes,
        unsigned long long position) override {
        return core_device_complete(core_, command, completion, bytes, position);
    }

private:
    CoreClientDevice *core_;
};

class ClientSet final : public Counted<ClientVirtualDeviceSet2, ClientSet> {
public:
    ~ClientSet() {
        core_client_free(core_);
    }

    static bool answers(const uint8_t *iid) {
        return guid_equals(iid, iid_client_set) || guid_equals(iid, iid_client_set2);
    }

    int32_t Create(const uint16_t *name, VDConfig *config) override {
        return core_client_create(core_, nullptr, name, config);
    }

    int32_t GetConfiguration(uint32_t timeout, VDConfig *config) override {
        return core_client_get_configuration(core_, millis(timeout), config);
    }

    int32_t OpenDevice(const uint16_t *name, ClientVirtualDevice **device) override {
        CoreClientDevice *core = nullptr;
        if (device != nullptr) {
            *device = nullptr;
        }
        int32_t result = core_client_open_device(core_, name, device == nullptr ? nullptr : &core);
        if (result == 0) {
            *device = new ClientDevice(core);
        }
        return result;
    }

    int32_t Close() override {
        return core_client_close(core_);
    }

    int32_t SignalAbort() override {
        return core_client_abort(core_);
    }

    int32_t OpenInSecondary(const uint16_t *name) override {
        return core_client_join(core_, nullptr, name);
    }

    int32_t GetBufferHandle(uint8_t *buffer, uint32_t *handle) override {
        return core_client_get_handle(core_, buffer, handle);
    }

    int32_t MapBufferHandle(uint32_t handle, uint8_t **buffer) override {
        return core_client_map_handle(core_, handle, buffer);
    }

    int32_t CreateEx(const uint16_t *instance, const uint16_t *name, VDConfig *config) override {
        return core_client_create(core_, instance, name, config);
    }

    int32_t OpenInSecondaryEx(const uint16_t *instance, const uint16_t *name) override {
        return core_client_join(core_, instance, name);
    }

private:
    CoreClient *core_ = core_client_new();
};

class ServerDevice final : public Counted<ServerVirtualDevice, ServerDevice> {
public:
    explicit ServerDevice(CoreServerDevice *core) : core_(core) {
    }

    ~ServerDevice() {
        core_server_device_free(core_);
    }

    static bool answers(const uint8_t *iid) {
        return guid_equals(iid, iid_server_device);
    }

    int32_t SendCommand(VDS_Command *command) override {
        return core_server_device_send(core_, command);
    }

    int32_t CloseDevice() override {
        return core_server_device_close(core_);
    }

private:
    CoreServerDevice *core_;
};

class ServerSet final : public Counted<ServerVirtualDeviceSet2, ServerSet> {
public:
    ~ServerSet() {
        core_server_free(core_);
    }

    static bool answers(const uint8_t *iid) {
        return guid_equals(iid, iid_server_set2);
    }

    int32_t Open(const uint16_t *instance, const uint16_t *name) override {
        return core_server_open(core_, instance, name);
    }

    int32_t GetConfiguration(VDConfig *config) override {
        return core_server_get_configuration(core_, config);
    }

    int32_t BeginConfiguration(uint32_t features, uint32_t block, uint32_t alignment, uint32_t transfer,
        uint32_t) override {
        return core_server_begin(core_, features, block, alignment, transfer);
    }

    int32_t EndConfiguration() override {
        return core_server_end(core_);
    }

    int32_t RequestBuffers(uint32_t size, uint32_t alignment, uint32_t count) override {
        return core_server_request(core_, size, alignment, count);
    }

    int32_t QueryAvailableBuffers(uint32_t size, uint32_t alignment, uint32_t *count) override {
        return core_server_query(core_, size, alignment, count);
    }

    int32_t ExecuteCompletionAgent() override {
        return core_server_run_agent(core_);
    }

    int32_t OpenDevice(const uint16_t *name, ServerVirtualDevice **device) override {
        CoreServerDevice *core = nullptr;
        if (device != nullptr) {
            *device = nullptr;
        }
        int32_t result = core_server_open_device(core_, name, device == nullptr ? nullptr : &core);
        if (result == 0) {
            *device = new ServerDevice(core);
        }
        return result;
    }

    int32_t AllocateBuffer(uint8_t **buffer, uint32_t size, uint32_t alignment) override {
        return core_server_allocate(core_, buffer, size, alignment);
    }

    int32_t FreeBuffer(uint8_t *buffer, uint32_t size) override {
        return core_server_release_buffer(core_, buffer, size);
    }

    int32_t IsSharedBuffer(uint8_t *address) override {
        return core_server_is_shared(core_, address);
    }

    int32_t SignalAbort() override {
        return core_server_abort(core_);
    }

    int32_t Close() override {
        return core_server_close(core_);
    }

private:
    CoreServer *core_ = core_server_new();
};

template <class Made>
class FactoryOf final : public ClassFactory {
public:
    int32_t QueryInterface(const uint8_t *iid, void **out) override {
        if (out == nullptr || iid == nullptr) {
            return code(E_POINTER);
        }
        bool known = guid_equals(iid, iid_unknown) || guid_equals(iid, iid_class_factory);
        *out = known ? static_cast<ClassFactory *>(this) : nullptr;
        references_ += known;
        return known ? 0 : code(E_NOINTERFACE);
    }

    uint32_t AddRef() override {
        return ++references_;
    }

    uint32_t Release() override {
        return --references_;
    }

    int32_t CreateInstance(Unknown *outer, const uint8_t *iid, void **out) override {
        if (out == nullptr) {
            return code(E_POINTER);
        }
        *out = nullptr;
        if (outer != nullptr) {
            return code(CLASS_E_NOAGGREGATION);
        }
        Made *object = new (std::nothrow) Made();
        if (object == nullptr) {
            return code(E_OUTOFMEMORY);
        }
        int32_t result = object->QueryInterface(iid, out);
        object->Release();
        return result;
    }

    int32_t LockServer(int32_t) override {
        return 0;
    }

private:
    std::atomic<uint32_t> references_ {0}; /* lives as long as the library */
};

FactoryOf<ClientSet> client_factory;
FactoryOf<ServerSet> server_factory;

} // namespace

extern "C" PEER_EXPORT int32_t DllGetClassObject(const uint8_t *clsid, const uint8_t *iid, void **out) {
    if (out == nullptr) {
        return code(E_POINTER);
    }
    *out = nullptr;
    if (guid_equals(clsid, clsid_client_set)) {
        return client_factory.QueryInterface(iid, out);
    }
    if (guid_equals(clsid, clsid_server_set)) {
        return server_factory.QueryInterface(iid, out);
    }
    return code(CLASS_E_CLASSNOTAVAILABLE);
}
