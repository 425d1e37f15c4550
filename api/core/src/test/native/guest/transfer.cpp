/* Backs up and restores data that a formula gives: each device on a thread of its own. */
#include <pthread.h>

#include <cstdio>
#include <cstring>
#include <vector>

#include "guest.h"
#include "statement.h"

namespace {

const uint64_t backup_seed = 42; /* those of PeerPlan.java */
const uint64_t restore_seed = 43;
const int success = 0;

struct Stream {
    ClientVirtualDeviceSet *set;
    const char *name;
    uint32_t index;
    int end;
    uint64_t bytes;
    uint64_t wrong_words;
    unsigned commands;
    unsigned completes;
};

void handle(Stream &stream, const VDC_Command &command) {
    for (uint32_t i = 0; i < command.size; i += 8) {
        uint64_t seed = command.commandCode == VDC_Read ? restore_seed : backup_seed;
        uint64_t word = peer_word(seed, stream.index, (stream.bytes + i) / 8);
        if (command.commandCode == VDC_Read) {
            std::memcpy(command.buffer + i, &word, sizeof word);
        } else {
            stream.wrong_words += std::memcmp(command.buffer + i, &word, sizeof word) != 0;
        }
    }
    stream.bytes += command.size;
}

int serve(Stream &stream, ClientVirtualDevice &device) {
    for (;;) {
        VDC_Command *command = nullptr;
        int result = device.GetCommand(-1, &command);
        if (result != 0) {
            return result;
        }
        bool data = command->commandCode == VDC_Read || command->commandCode == VDC_Write;
        if (data) {
            handle(stream, *command);
        }
        stream.completes += command->commandCode == VDC_Complete;
        stream.commands++;
        result = device.CompleteCommand(command, success, data ? command->size : 0, 0);
        if (result != 0) {
            return result;
        }
    }
}

void *run(void *argument) {
    auto &stream = *static_cast<Stream *>(argument);
    char name[300];
    ClientVirtualDevice *device = nullptr;
    if (stream.index == 0) {
        std::snprintf(name, sizeof name, "%s", stream.name);
    } else {
        std::snprintf(name, sizeof name, "%s-%u", stream.name, stream.index);
    }
    stream.end = stream.set->OpenDevice(name, &device);
    if (stream.end == 0) {
        say("open %u", stream.index);
        stream.end = serve(stream, *device);
    }
    return nullptr;
}

void tell(const Stream &stream) {
    say("device %u: end 0x%08X, %u commands, %llu bytes, %llu wrong words, %u completes", stream.index,
        static_cast<unsigned>(stream.end), stream.commands, static_cast<unsigned long long>(stream.bytes),
        static_cast<unsigned long long>(stream.wrong_words), stream.completes);
}

} // namespace

int transfer(const char *name, uint32_t devices, uint32_t features) {
    ClientVirtualDeviceSet set;
    VDConfig config;
    int result = create(set, name, devices, features);
    say("created 0x%08X", static_cast<unsigned>(result));
    result = set.GetConfiguration(-1, &config);
    say("configured 0x%08X, features 0x%X", static_cast<unsigned>(result), config.features);
    std::vector<Stream> streams(devices);
    std::vector<pthread_t> threads(devices);
    for (uint32_t i = 0; i < devices; i++) {
        streams[i] = Stream{&set, name, i, 0, 0, 0, 0, 0};
        pthread_create(&threads[i], nullptr, run, &streams[i]);
    }
    for (uint32_t i = 0; i < devices; i++) {
        pthread_join(threads[i], nullptr);
        tell(streams[i]);
    }
    say("closed 0x%08X", static_cast<unsigned>(set.Close()));
    return 0;
}

int primary(const char *name, uint32_t devices) {
    ClientVirtualDeviceSet set;
    VDConfig config;
    say("created 0x%08X", static_cast<unsigned>(create(set, name, devices)));
    say("configured 0x%08X", static_cast<unsigned>(set.GetConfiguration(-1, &config)));
    await("close");
    say("closed 0x%08X", static_cast<unsigned>(set.Close()));
    return 0;
}

int secondary(const char *name, uint32_t device) {
    ClientVirtualDeviceSet set;
    say("joined 0x%08X", static_cast<unsigned>(set.OpenInSecondary(const_cast<char *>(name))));
    Stream stream = {&set, name, device, 0, 0, 0, 0, 0};
    run(&stream);
    tell(stream);
    say("closed 0x%08X", static_cast<unsigned>(set.Close()));
    return 0;
}
