/* Creates a device set by libsqlvdi.so and closes it: what every native client does first. `build archive` watches it. */
#include <cstdio>
#include <cstring>

#include "sqlvdi.h"

int main() {
    char name[] = "first";
    ClientVirtualDeviceSet set;
    VDConfig config;
    std::memset(&config, 0, sizeof config);
    config.deviceCount = 1;
    int created = set.Create(name, &config);
    if (created != 0) {
        std::fprintf(stderr, "Create gave 0x%08X\n", static_cast<unsigned>(created));
        return 1;
    }
    return set.Close() == 0 ? 0 : 1;
}
