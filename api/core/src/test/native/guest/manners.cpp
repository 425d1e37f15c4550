/* What a client has set up, or does, that a JVM in its process could disturb or be disturbed by. */
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "guest.h"

namespace {

volatile sig_atomic_t handled;

void handle(int) {
    handled = handled + 1;
}

/* What a process would see that does something with the signal. */
const void *action(int signal) {
    struct sigaction found;
    sigaction(signal, nullptr, &found);
    return reinterpret_cast<const void *>(found.sa_handler);
}

struct Call {
    const char *name;
    int result;
};

void *create_on_thread(void *argument) {
    auto *call = static_cast<Call *>(argument);
    ClientVirtualDeviceSet set;
    call->result = create(set, call->name);
    return nullptr;
}

} // namespace

int locale(const char *name) {
    std::setlocale(LC_NUMERIC, "");
    say("locale before %s, 1.5 is %.1f", std::setlocale(LC_ALL, nullptr), 1.5);
    ClientVirtualDeviceSet set;
    say("created 0x%08X", static_cast<unsigned>(create(set, name)));
    say("locale after %s, 1.5 is %.1f", std::setlocale(LC_ALL, nullptr), 1.5);
    return 0;
}

int signals(const char *name) {
    static const int all[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGCHLD, SIGPROF, SIGWINCH};
    for (int each : all) {
        signal(each, handle);
    }
    signal(SIGPIPE, handle);
    ClientVirtualDeviceSet set;
    say("created 0x%08X", static_cast<unsigned>(create(set, name)));
    for (int each : all) {
        if (action(each) != reinterpret_cast<const void *>(handle)) {
            say("the handler of signal %d is another", each);
        }
    }
    for (int each : all) {
        kill(getpid(), each);
    }
    kill(getpid(), SIGPIPE); /* a JVM's handler calls the one that it found */
    say("%d signals arrived", static_cast<int>(handled));
    return 0;
}

/* In a child by fork after the first use every call is refused, and the child can end; the parent goes on. */
int forks(const char *name) {
    pid_t before = fork();
    if (before == 0) {
        ClientVirtualDeviceSet set;
        char own[100];
        std::snprintf(own, sizeof own, "%s-child", name);
        say("child before the first use: created 0x%08X", static_cast<unsigned>(create(set, own)));
        std::exit(0);
    }
    int status = 0;
    waitpid(before, &status, 0);
    say("it ended with %d", status);
    ClientVirtualDeviceSet set;
    say("created 0x%08X", static_cast<unsigned>(create(set, name)));
    pid_t after = fork();
    if (after == 0) {
        VDConfig config;
        say("child after the first use: GetConfiguration 0x%08X", static_cast<unsigned>(set.GetConfiguration(0, &config)));
        ClientVirtualDeviceSet another;
        say("child after the first use: Create 0x%08X", static_cast<unsigned>(create(another, "another")));
        std::exit(3);
    }
    waitpid(after, &status, 0);
    say("it ended with %d", WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
    VDConfig config;
    int configured = set.GetConfiguration(0, &config);
    say("parent: GetConfiguration 0x%08X, Close 0x%08X", static_cast<unsigned>(configured),
        static_cast<unsigned>(set.Close()));
    return 0;
}

int stacks(const char *name, unsigned kibibytes) {
    pthread_attr_t attributes;
    pthread_t thread;
    Call call = {name, 1};
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, static_cast<size_t>(kibibytes) << 10);
    if (pthread_create(&thread, &attributes, create_on_thread, &call) != 0) {
        say("no thread");
        return 1;
    }
    pthread_join(thread, nullptr);
    say("created 0x%08X on a stack of %u KiB", static_cast<unsigned>(call.result), kibibytes);
    create_on_thread(&call);
    say("created 0x%08X", static_cast<unsigned>(call.result));
    return 0;
}
