/*
 * A program that knows a VDI by CoCreateInstance, or by the DllGetClassObject of a library, and by its vtables; nothing
 * else. It backs up and restores over both halves, with one thread for each device, and counts references to zero. By
 * CoCreateInstance it does so twice, and leaves COM in between, which may unload the library.
 *
 *   com_driver com|<library> <devices> <bytes of each device>
 *
 * The class {00000042-0000-0000-0000-000000000000} must be registered for a library that does not have it.
 *
 * Says what it found; 0 if everything is as it should be, 1 if not, 3 if no object could be had at all.
 */
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "../core/identifiers.h"
extern "C" {
#include "drive.h"
}

#ifdef _WIN32
/* COM's own headers declare an IUnknown that is not the one of vdi.h; three functions of ole32.dll are all that is needed. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
extern "C" {
__declspec(dllimport) int32_t CoInitializeEx(void *reserved, uint32_t apartment);
__declspec(dllimport) void CoUninitialize(void);
__declspec(dllimport) int32_t CoCreateInstance(const void *clsid, void *outer, uint32_t context, const void *iid,
    void **out);
}
#else
#include <dlfcn.h>
#endif

namespace {

using GetClassObject = int32_t (*)(const void *, const void *, void **);

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

#ifdef _WIN32
const uint32_t in_process_server = 1;
#endif
const uint8_t wrong_id[16] = {0x42};
const uint8_t unregistered_id[16] = {0x43};
GetClassObject get_class_object = nullptr; /* null: CoCreateInstance */
int faults = 0;

void expect(const char *what, int64_t expected, int64_t found) {
    if (expected != found) {
        std::printf("%s: expected 0x%llX, found 0x%llX\n", what, (unsigned long long) expected,
            (unsigned long long) found);
        faults++;
    }
}

bool load(const char *path) {
#ifdef _WIN32
    HMODULE library = LoadLibraryA(path);
    FARPROC function = library == nullptr ? nullptr : GetProcAddress(library, "DllGetClassObject");
#else
    void *library = dlopen(path, RTLD_NOW);
    void *function = library == nullptr ? nullptr : dlsym(library, "DllGetClassObject");
#endif
    std::memcpy(&get_class_object, &function, sizeof function);
    return function != nullptr;
}

int32_t create(const uint8_t *clsid, void *outer, const uint8_t *iid, void **out) {
#ifdef _WIN32
    if (get_class_object == nullptr) {
        return CoCreateInstance(clsid, outer, in_process_server, iid, out);
    }
#endif
    void *pointer = nullptr;
    int32_t result = get_class_object(clsid, iid_class_factory, &pointer);
    if (result == 0) {
        auto *factory = static_cast<ClassFactory *>(pointer);
        result = factory->lpVtbl->CreateInstance(factory, outer, iid, out);
        expect("references on the factory", 0, factory->lpVtbl->Release(factory));
    }
    return result;
}

/* What must be refused is refused, with the right code and a null pointer. */
void refusals() {
    void *object = nullptr;
    expect("wrong class", 0x80040111, (uint32_t) create(wrong_id, nullptr, iid_client_set2, &object));
    expect("pointer after wrong class", 0, object != nullptr);
    if (get_class_object == nullptr) {
        expect("class that is not registered", 0x80040154,
            (uint32_t) create(unregistered_id, nullptr, iid_client_set2, &object));
    } else {
        object = &object;
        expect("wrong interface of a factory", 0x80004002,
            (uint32_t) get_class_object(clsid_client_set, wrong_id, &object));
        expect("pointer after wrong interface of a factory", 0, object != nullptr);
        expect("factory for a null pointer", 0x80004003,
            (uint32_t) get_class_object(clsid_client_set, iid_class_factory, nullptr));
    }
    object = &object;
    expect("wrong interface", 0x80004002, (uint32_t) create(clsid_client_set, nullptr, wrong_id, &object));
    expect("pointer after wrong interface", 0, object != nullptr);
    object = &object;
    int outer = 0;
    expect("aggregation", 0x80040110, (uint32_t) create(clsid_server_set, &outer, iid_unknown, &object));
    expect("pointer after aggregation", 0, object != nullptr);
}

bool transfer(uint32_t restore, uint32_t devices, uint64_t bytes) {
    void *client = nullptr;
    void *server = nullptr;
    int32_t made = create(clsid_client_set, nullptr, iid_client_set2, &client);
    if (made == 0) {
        made = create(clsid_server_set, nullptr, iid_server_set2, &server);
    }
    if (made != 0) {
        std::printf("no object: 0x%08X\n", (unsigned) made);
        return false;
    }
    uint16_t name[] = {'d', 'r', 'i', 'v', 'e', (uint16_t) ('0' + restore), 0};
    PeerPlan plan = {};
    plan.restore = restore;
    plan.devices = devices;
    plan.transfer_size = 65536;
    plan.buffers = 4;
    plan.bytes = bytes;
    plan.seed = 20261121;
    static DriveReport report;
    auto *set = static_cast<IClientVirtualDeviceSet2 *>(client);
    peer_drive(set, static_cast<IServerVirtualDeviceSet2 *>(server), name, &plan, &report);
    expect("the client's result", 0, (uint32_t) report.result);
    expect("the wait for the verdict", 0, report.end_result);
    expect("the server's result", 0, (uint32_t) report.verdict.result);
    expect("completion code", 0, report.verdict.completion_code);
    expect("bytes", (int64_t) (bytes * devices), (int64_t) report.verdict.bytes);
    expect("wrong words", 0, (int64_t) (report.wrong_words + report.verdict.wrong_words));
    expect("references on the server's objects", 0, (int64_t) report.verdict.references);
    expect("references on the client's devices", 0, (int64_t) report.device_count);
    expect("references on the client set", 0, (int64_t) set->lpVtbl->Release(set));
    std::printf("%s over %u devices: %llu commands, %llu bytes\n", restore != 0 ? "restore" : "backup", devices,
        (unsigned long long) report.commands, (unsigned long long) report.verdict.bytes);
    return true;
}

bool transfer_both_ways(uint32_t devices, uint64_t bytes) {
    return transfer(0, devices, bytes) && transfer(1, devices, bytes);
}

} // namespace

int main(int count, char **words) {
    if (count != 4) {
        std::fprintf(stderr, "usage: com_driver com|<library> <devices> <bytes of each device>\n");
        return 2;
    }
    bool com = std::strcmp(words[1], "com") == 0;
#ifdef _WIN32
    expect("CoInitializeEx", 0, CoInitializeEx(nullptr, 0));
#endif
    if (!com && !load(words[1])) {
        std::printf("%s has no DllGetClassObject\n", words[1]);
        return 3;
    }
    auto devices = (uint32_t) std::strtoul(words[2], nullptr, 10);
    uint64_t bytes = std::strtoull(words[3], nullptr, 10);
    bool had = transfer_both_ways(devices, bytes);
    if (had) {
        refusals();
    }
#ifdef _WIN32
    CoUninitialize();
    if (com && had) {
        expect("CoInitializeEx again", 0, CoInitializeEx(nullptr, 0));
        had = transfer_both_ways(devices, bytes);
        CoUninitialize();
    }
#endif
    if (!had) {
        return 3;
    }
    std::printf("%d faults\n", faults);
    return faults == 0 ? 0 : 1;
}
