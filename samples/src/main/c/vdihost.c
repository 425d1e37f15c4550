/*
 * A library of COM classes whose objects are those of sqlvdi's embedded VDI: DllGetClassObject starts a JVM on first use
 * and passes the question on to io.github.sqlvdi.server.VdiClassObjects. With it in the place of sqlvdi.dll, a program
 * written for SQL Server's VDI runs against the embedded one, unchanged.
 *
 *   Windows  x86_64-w64-mingw32-gcc -shared -I"$JDK/include" -I"$JDK/include/linux" vdihost.c -o vdihost.dll -ladvapi32
 *   Linux    gcc -shared -fPIC -I"$JDK/include" -I"$JDK/include/linux" vdihost.c -o libvdihost.so -ldl -lpthread
 *
 * SQLVDI_JAVA_HOME   the folder of a Java 22 or later    else on Windows JavaHome  of HKLM\Software\sqlvdi
 * SQLVDI_CLASS_PATH  sqlvdi.jar, or api and bindings     else on Windows ClassPath of HKLM\Software\sqlvdi
 * SQLVDI_JAVA_OPTIONS  more options of the JVM, separated by spaces
 *
 * A process that has a JVM already must have these classes in it; it is used then. What goes wrong is said on stderr.
 */
#include <jni.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN /* without the declarations of COM, whose types are others than these */
#include <windows.h>
#define EXPORT __declspec(dllexport)
#define JVM_FILE "\\bin\\server\\jvm.dll"
#else
#include <dlfcn.h>
#include <pthread.h>
#define EXPORT __attribute__((visibility("default")))
#define JVM_FILE "/lib/server/libjvm.so"
#endif

#define MODULE_NOT_FOUND ((int32_t) 0x8007007Eu) /* HRESULT_FROM_WIN32(ERROR_MOD_NOT_FOUND) */
#define CLASS_NOT_FOUND ((int32_t) 0x800401F9u)  /* CO_E_ERRORINDLL */
#define UNEXPECTED ((int32_t) 0x8000FFFFu)       /* E_UNEXPECTED */
#define NULL_POINTER ((int32_t) 0x80004003u)     /* E_POINTER */
#define STILL_IN_USE 1                           /* S_FALSE */
#define ROOM 4096
#define MAX_OPTIONS 32

typedef jint(JNICALL *CreateJavaVm)(JavaVM **, void **, void *);
typedef jint(JNICALL *GetCreatedJavaVms)(JavaVM **, jsize, jsize *);

static JavaVM *jvm;
static jclass class_objects;
static jmethodID get_class_object;
static int32_t started = UNEXPECTED;

static int32_t complain(int32_t result, const char *what, const char *detail) {
    fprintf(stderr, "sqlvdi: %s%s%s (0x%08X)\n", what, detail[0] == '\0' ? "" : ": ", detail, (unsigned) result);
    fflush(stderr);
    return result;
}

/* The value of the variable, else on Windows of the registry; empty if there is none. */
static const char *setting(const char *variable, const char *registry_value, char *room) {
    const char *value = getenv(variable);
    room[0] = '\0';
    if (value != NULL && value[0] != '\0') {
        snprintf(room, ROOM, "%s", value);
    }
#ifdef _WIN32
    DWORD length = ROOM;
    if (room[0] == '\0' && RegGetValueA(HKEY_LOCAL_MACHINE, "Software\\sqlvdi", registry_value, RRF_RT_REG_SZ, NULL, room,
                               &length) != ERROR_SUCCESS) {
        room[0] = '\0';
    }
#else
    (void) registry_value;
#endif
    return room;
}

/* A process takes one JVM only: the library of one that is there already, whatever its path, comes first. */
static void *open_jvm(const char *path) {
#ifdef _WIN32
    HMODULE present = GetModuleHandleA("jvm.dll");
    return (void *) (present != NULL ? present : LoadLibraryExA(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH));
#else
    return dlopen(path, RTLD_NOW | RTLD_GLOBAL);
#endif
}

static void *find(void *library, const char *name) {
#ifdef _WIN32
    FARPROC function = GetProcAddress((HMODULE) library, name);
    void *address;
    memcpy(&address, &function, sizeof address);
    return address;
#else
    return dlsym(library, name);
#endif
}

static int32_t create_jvm(CreateJavaVm create, JNIEnv **env) {
    static char class_path[ROOM + 32] = "-Djava.class.path=";
    static char more[ROOM];
    JavaVMOption options[MAX_OPTIONS] = {{class_path, NULL}, {"--enable-native-access=ALL-UNNAMED", NULL}, {"-Xrs", NULL}};
    JavaVMInitArgs arguments = {JNI_VERSION_10, 3, options, JNI_FALSE};
    if (setting("SQLVDI_CLASS_PATH", "ClassPath", class_path + strlen(class_path))[0] == '\0') {
        return complain(CLASS_NOT_FOUND, "SQLVDI_CLASS_PATH is not set; expected the path of sqlvdi.jar", "");
    }
    const char *given = getenv("SQLVDI_JAVA_OPTIONS");
    snprintf(more, sizeof more, "%s", given == NULL ? "" : given);
    for (char *each = strtok(more, " "); each != NULL && arguments.nOptions < MAX_OPTIONS; each = strtok(NULL, " ")) {
        options[arguments.nOptions++].optionString = each;
    }
    if (create(&jvm, (void **) env, &arguments) != JNI_OK) {
        return complain(UNEXPECTED, "the JVM did not start with the class path", class_path);
    }
    return 0;
}

static int32_t find_method(JNIEnv *env) {
    jclass local = (*env)->FindClass(env, "io/github/sqlvdi/server/VdiClassObjects");
    if (local != NULL) {
        class_objects = (*env)->NewGlobalRef(env, local);
        get_class_object = (*env)->GetStaticMethodID(env, local, "getClassObject", "(JJJ)I");
    }
    if (get_class_object == NULL) {
        (*env)->ExceptionDescribe(env);
        return complain(CLASS_NOT_FOUND, "the class path has no class io.github.sqlvdi.server.VdiClassObjects", "");
    }
    return 0;
}

/* The thread must be attached for its JNI calls; as a daemon, so that it keeps nobody waiting. */
static JNIEnv *attach(void) {
    JNIEnv *env = NULL;
    return (*jvm)->AttachCurrentThreadAsDaemon(jvm, (void **) &env, NULL) == JNI_OK ? env : NULL;
}

static int32_t start(void) {
    char home[ROOM];
    char path[ROOM + 32];
    if (setting("SQLVDI_JAVA_HOME", "JavaHome", home)[0] == '\0') {
        return complain(MODULE_NOT_FOUND, "SQLVDI_JAVA_HOME is not set; expected the folder of a Java 22 or later", "");
    }
    snprintf(path, sizeof path, "%s%s", home, JVM_FILE);
    void *library = open_jvm(path);
    if (library == NULL) {
        return complain(MODULE_NOT_FOUND, "there is no JVM that could be loaded; SQLVDI_JAVA_HOME should lead to", path);
    }
    void *create = find(library, "JNI_CreateJavaVM");
    void *created = find(library, "JNI_GetCreatedJavaVMs");
    if (create == NULL || created == NULL) {
        return complain(MODULE_NOT_FOUND, "this is no JVM", path);
    }
    CreateJavaVm create_function;
    GetCreatedJavaVms created_function;
    memcpy(&create_function, &create, sizeof create);
    memcpy(&created_function, &created, sizeof created);
    jsize count = 0;
    JNIEnv *env = NULL;
    if (created_function(&jvm, 1, &count) == JNI_OK && count > 0) {
        env = attach();
        return env == NULL ? complain(UNEXPECTED, "this thread cannot be attached to the JVM", "") : find_method(env);
    }
    int32_t result = create_jvm(create_function, &env);
    return result != 0 ? result : find_method(env);
}

#ifdef _WIN32
static BOOL CALLBACK start_once(PINIT_ONCE once, PVOID parameter, PVOID *context) {
    (void) once;
    (void) parameter;
    (void) context;
    started = start();
    return TRUE;
}

static int32_t ensure_started(void) {
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    InitOnceExecuteOnce(&once, start_once, NULL, NULL);
    return started;
}
#else
static void start_once(void) {
    started = start();
}

static int32_t ensure_started(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_once);
    return started;
}
#endif

EXPORT int32_t DllGetClassObject(const void *clsid, const void *iid, void **ppv);
EXPORT int32_t DllCanUnloadNow(void);

int32_t DllGetClassObject(const void *clsid, const void *iid, void **ppv) {
    if (ppv == NULL) {
        return NULL_POINTER;
    }
    *ppv = NULL;
    int32_t result = ensure_started();
    if (result != 0) {
        return result;
    }
    JNIEnv *env = attach();
    if (env == NULL) {
        return complain(UNEXPECTED, "this thread cannot be attached to the JVM", "");
    }
    result = (*env)->CallStaticIntMethod(env, class_objects, get_class_object, (jlong) (uintptr_t) clsid,
        (jlong) (uintptr_t) iid, (jlong) (uintptr_t) ppv);
    if ((*env)->ExceptionCheck(env)) {
        (*env)->ExceptionDescribe(env);
        (*env)->ExceptionClear(env);
        return complain(UNEXPECTED, "VdiClassObjects.getClassObject threw", "");
    }
    return result == 0 ? 0 : complain(result, "the embedded VDI has no such class or interface", "");
}

/* A JVM cannot be unloaded. */
int32_t DllCanUnloadNow(void) {
    return STILL_IN_USE;
}
