/*
 * A client as those of SQL Server's users are: it makes a device set by libsqlvdi.so, has sqlcmd run the statement in a
 * process of its own, and moves the bytes of the device to or from a file.
 *
 *   dump backup|restore DATABASE FILE
 *
 * Says how the set ended and how sqlcmd ended; ends with 0 if both are good.
 */
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "sqlvdi.h"

namespace {

struct Statement {
    ClientVirtualDeviceSet *set;
    std::string text;
    int exit_code;
};

/* Runs sqlcmd, which takes user and password from its environment. When it fails, no server comes to the set any more. */
void *run(void *argument) {
    auto *statement = static_cast<Statement *>(argument);
    int status = -1;
    pid_t child = fork(); /* exec is free in the child of a process that has a JVM */
    if (child == 0) {
        execlp("sqlcmd", "sqlcmd", "-S", ".", "-b", "-Q", statement->text.c_str(), static_cast<char *>(nullptr));
        std::perror("sqlcmd");
        _exit(127);
    }
    waitpid(child, &status, 0);
    statement->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (statement->exit_code != 0) {
        statement->set->SignalAbort();
    }
    return nullptr;
}

int complete(ClientVirtualDevice &device, VDC_Command &command, std::FILE *file) {
    uint32_t code = ERROR_SUCCESS;
    size_t moved = 0;
    switch (command.commandCode) {
    case VDC_Read:
        moved = std::fread(command.buffer, 1, command.size, file);
        if (moved < command.size) {
            code = std::ferror(file) ? ERROR_READ_FAULT : ERROR_HANDLE_EOF;
        }
        break;
    case VDC_Write:
        moved = std::fwrite(command.buffer, 1, command.size, file);
        code = moved == command.size ? ERROR_SUCCESS : ERROR_DISK_FULL;
        break;
    case VDC_Flush:
        code = std::fflush(file) == 0 ? ERROR_SUCCESS : ERROR_DISK_FULL;
        break;
    case VDC_ClearError:
        break;
    default:
        code = ERROR_NOT_SUPPORTED;
    }
    return device.CompleteCommand(&command, static_cast<int>(code), moved, 0);
}

/* Serves the device until the server closes it; the result of the last call, VD_E_CLOSE when all went well. */
int serve(ClientVirtualDeviceSet &set, char *name, std::FILE *file) {
    VDConfig config;
    ClientVirtualDevice *device = nullptr;
    int result = set.GetConfiguration(-1, &config);
    if (result == 0) {
        result = set.OpenDevice(name, &device);
    }
    while (result == 0) {
        VDC_Command *command = nullptr;
        result = device->GetCommand(-1, &command);
        if (result == 0) {
            result = complete(*device, *command, file);
        }
    }
    return result;
}

} // namespace

int main(int count, char **words) {
    if (count != 4) {
        std::fprintf(stderr, "usage: dump backup|restore DATABASE FILE\n");
        return 2;
    }
    bool backup = std::strcmp(words[1], "backup") == 0;
    std::FILE *file = std::fopen(words[3], backup ? "wb" : "rb");
    if (file == nullptr) {
        std::perror(words[3]);
        return 2;
    }
    char name[40];
    std::snprintf(name, sizeof name, "dump-%d", static_cast<int>(getpid()));
    ClientVirtualDeviceSet set;
    VDConfig config;
    std::memset(&config, 0, sizeof config);
    config.deviceCount = 1;
    int created = set.Create(name, &config);
    if (created != 0) {
        std::printf("created 0x%08X\n", static_cast<unsigned>(created));
        return 1;
    }
    std::string device = std::string(" VIRTUAL_DEVICE = '") + name + "'";
    Statement statement = {&set, "", -1};
    statement.text = backup ? "BACKUP DATABASE " + std::string(words[2]) + " TO" + device
                            : "RESTORE DATABASE " + std::string(words[2]) + " FROM" + device + " WITH REPLACE";
    pthread_t thread;
    if (pthread_create(&thread, nullptr, run, &statement) != 0) {
        std::printf("no thread for the statement\n");
        return 1;
    }
    int end = serve(set, name, file);
    int closed = std::fclose(file);
    pthread_join(thread, nullptr);
    set.Close();
    std::printf("set ended with 0x%08X, sqlcmd with %d\n", static_cast<unsigned>(end), statement.exit_code);
    return static_cast<unsigned>(end) == VD_E_CLOSE && statement.exit_code == 0 && closed == 0 ? 0 : 1;
}
