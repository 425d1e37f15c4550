/*
 * Loads a libsqlvdi.so as a program does that has no such library at link time, uses it, unloads it, and all of that again.
 *
 *   loader LIBRARY NAME
 */
#include <dlfcn.h>

#include <cstdint>
#include <cstdio>
#include <cstring>

#include "vdi.h"

namespace {

template <typename Function> bool find(void *library, const char *name, Function &function) {
    void *found = dlsym(library, name);
    std::memcpy(&function, &found, sizeof function);
    return found != nullptr;
}

int use(const char *path, char *name) {
    void (*construct)(void *);
    void (*destroy)(void *);
    int (*create)(void *, char *, VDConfig *);
    int (*close)(void *);
    void *library = dlopen(path, RTLD_NOW);
    if (library == nullptr) {
        std::printf("%s\n", dlerror());
        return 1;
    }
    if (!find(library, "_ZN22ClientVirtualDeviceSetC2Ev", construct)
        || !find(library, "_ZN22ClientVirtualDeviceSetD2Ev", destroy)
        || !find(library, "_ZN22ClientVirtualDeviceSet6CreateEPcP8VDConfig", create)
        || !find(library, "_ZN22ClientVirtualDeviceSet5CloseEv", close)) {
        std::printf("a function is missing\n");
        return 1;
    }
    if (dlsym(library, "DllGetClassObject") != nullptr) {
        std::printf("has DllGetClassObject\n");
    }
    alignas(16) uint8_t object[8] = {};
    VDConfig config;
    std::memset(&config, 0, sizeof config);
    config.deviceCount = 1;
    construct(object);
    int created = create(object, name, &config);
    int closed = close(object);
    destroy(object);
    std::printf("created 0x%08X, closed 0x%08X, unloaded %d\n", static_cast<unsigned>(created),
        static_cast<unsigned>(closed), dlclose(library));
    std::fflush(stdout);
    return 0;
}

} // namespace

int main(int count, char **words) {
    if (count != 3) {
        std::fprintf(stderr, "usage: loader LIBRARY NAME\n");
        return 2;
    }
    return use(words[1], words[2]) + use(words[1], words[2]);
}
