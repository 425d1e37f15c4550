/*
 * A client of libsqlvdi.so, compiled against its two classes only. What it does is its first word:
 *
 *   transfer NAME DEVICES FEATURES   moves data until the server closes, each device on a thread
 *   primary NAME DEVICES             creates the set, and closes it at the line "close"
 *   secondary NAME DEVICE            serves this device of a set
 *   wait NAME TIMEOUT                waits so long for a server, and says how many milliseconds that was
 *   abort NAME                       aborts the set from another thread while GetConfiguration waits
 *   leave NAME                       opens a device, takes a command, and ends the process with 7 without a Close
 *   locale|signals|fork NAME         see manners.cpp
 *   stack NAME KIBIBYTES             the same, on a thread with such a stack
 *   quiet NAME                       creates and closes a set, and says nothing
 */
#include "guest.h"

#include <pthread.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

void say(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    std::vprintf(format, arguments);
    va_end(arguments);
    std::printf("\n");
    std::fflush(stdout);
}

int create(ClientVirtualDeviceSet &set, const char *name, uint32_t devices, uint32_t features) {
    VDConfig config;
    std::memset(&config, 0, sizeof config);
    config.deviceCount = devices;
    config.features = features;
    return set.Create(const_cast<char *>(name), &config);
}

void await(const char *word) {
    char line[100] = "";
    if (std::fgets(line, sizeof line, stdin) == nullptr || std::strncmp(line, word, std::strlen(word)) != 0) {
        say("expected %s on standard input", word);
        std::exit(4);
    }
}

namespace {

double milliseconds() {
    timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

int wait(const char *name, long timeout) {
    ClientVirtualDeviceSet set;
    VDConfig config;
    say("created 0x%08X", static_cast<unsigned>(create(set, name)));
    double before = milliseconds();
    int result = set.GetConfiguration(timeout, &config);
    say("waited 0x%08X %.0f", static_cast<unsigned>(result), milliseconds() - before);
    say("closed 0x%08X", static_cast<unsigned>(set.Close()));
    return 0;
}

void *get_configuration(void *argument) {
    VDConfig config;
    int result = static_cast<ClientVirtualDeviceSet *>(argument)->GetConfiguration(-1, &config);
    say("configured 0x%08X", static_cast<unsigned>(result));
    return nullptr;
}

int abort_set(const char *name) {
    ClientVirtualDeviceSet set;
    pthread_t thread;
    say("created 0x%08X", static_cast<unsigned>(create(set, name)));
    pthread_create(&thread, nullptr, get_configuration, &set);
    say("aborted 0x%08X", static_cast<unsigned>(set.SignalAbort()));
    pthread_join(thread, nullptr);
    say("closed 0x%08X", static_cast<unsigned>(set.Close()));
    return 0;
}

int leave(const char *name) {
    static ClientVirtualDeviceSet *set = new ClientVirtualDeviceSet();
    VDConfig config;
    ClientVirtualDevice *device = nullptr;
    VDC_Command *command = nullptr;
    say("created 0x%08X", static_cast<unsigned>(create(*set, name)));
    say("configured 0x%08X", static_cast<unsigned>(set->GetConfiguration(-1, &config)));
    say("opened 0x%08X", static_cast<unsigned>(set->OpenDevice(const_cast<char *>(name), &device)));
    say("command 0x%08X", static_cast<unsigned>(device->GetCommand(-1, &command)));
    std::exit(7);
}

int quiet(const char *name) {
    ClientVirtualDeviceSet set;
    return create(set, name) == 0 && set.Close() == 0 ? 0 : 1;
}

} // namespace

int main(int count, char **words) {
    const char *what = count > 2 ? words[1] : "";
    const char *name = count > 2 ? words[2] : "";
    auto number = [&](int index) {
        return count > index ? std::strtoul(words[index], nullptr, 0) : 0;
    };
    if (std::strcmp(what, "transfer") == 0) {
        return transfer(name, static_cast<uint32_t>(number(3)), static_cast<uint32_t>(number(4)));
    }
    if (std::strcmp(what, "primary") == 0) {
        return primary(name, static_cast<uint32_t>(number(3)));
    }
    if (std::strcmp(what, "secondary") == 0) {
        return secondary(name, static_cast<uint32_t>(number(3)));
    }
    if (std::strcmp(what, "wait") == 0) {
        return wait(name, static_cast<long>(number(3)));
    }
    if (std::strcmp(what, "abort") == 0) {
        return abort_set(name);
    }
    if (std::strcmp(what, "leave") == 0) {
        return leave(name);
    }
    if (std::strcmp(what, "quiet") == 0) {
        return quiet(name);
    }
    if (std::strcmp(what, "locale") == 0) {
        return locale(name);
    }
    if (std::strcmp(what, "signals") == 0) {
        return signals(name);
    }
    if (std::strcmp(what, "fork") == 0) {
        return forks(name);
    }
    if (std::strcmp(what, "stack") == 0) {
        return stacks(name, static_cast<unsigned>(number(3)));
    }
    std::fprintf(stderr, "usage: guest WHAT NAME ...\n");
    return 2;
}
