/*
 * A library of COM classes whose objects are those of sqlvdi's embedded VDI: DllGetClassObject starts a JVM on first use
 * and passes the question on to io.github.sqlvdi.embedded.VdiClassObjects. With it in the place of sqlvdi.dll, a program
 * written for SQL Server's VDI runs against the embedded one, unchanged.
 *
 *   Windows  x86_64-w64-mingw32-gcc -shared -I"$JDK/include" -I"$JDK/include/linux" vdihost.c -o vdihost.dll -ladvapi32
 *   Linux    gcc -shared -fPIC -I"$JDK/include" -I"$JDK/include/linux" vdihost.c -o libvdihost.so -ldl -lpthread
 *
 * SQLVDI_JAVA_HOME   the folder of a Java 22 or later    else on Windows JavaHome  of HKLM\Software\sqlvdi
 * SQLVDI_CLASS_PATH  sqlvdi.jar, or api and bindings     else on Windows ClassPath of HKLM\Software\sqlvdi
 * SQLVDI_JAVA_OPTIONS  more options of the JVM, separated by spaces; the JVM reads them in the code page of Windows
 *
 * Paths may have any letters; text is UTF-8 here, on Windows converted from and to UTF-16. A process that has a JVM
 * already gets the classes into that one, if it has none of them itself. What goes wrong is said on stderr.
 */
#include <jni.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN /* without the declarations of COM, whose types are others than these */
#include <windows.h>
#define EXPORT __declspec(dllexport)
#define JVM_FILE "\\bin\\server\\jvm.dll"
#define PATH_SEPARATOR ";"
#else
#include <dlfcn.h>
#include <pthread.h>
#define EXPORT __attribute__((visibility("default")))
#define JVM_FILE "/lib/server/libjvm.so"
#define PATH_SEPARATOR ":"
#endif

#define MODULE_NOT_FOUND ((int32_t) 0x8007007Eu) /* HRESULT_FROM_WIN32(ERROR_MOD_NOT_FOUND) */
#define CLASS_NOT_FOUND ((int32_t) 0x800401F9u)  /* CO_E_ERRORINDLL */
#define UNEXPECTED ((int32_t) 0x8000FFFFu)       /* E_UNEXPECTED */
#define NULL_POINTER ((int32_t) 0x80004003u)     /* E_POINTER */
#define STILL_IN_USE 1                           /* S_FALSE */
#define WIDE_ROOM 32768                          /* the longest variable that Windows has, in UTF-16 */
#define ROOM (3 * WIDE_ROOM)                     /* the same in UTF-8 */
#define NAME_ROOM 64
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

#ifdef _WIN32

/* The value of the variable, else of the registry; empty if there is none. */
static const char *setting(const char *variable, const char *registry_value, char *room) {
    static wchar_t wide[WIDE_ROOM];
    wchar_t name[NAME_ROOM];
    DWORD bytes = sizeof wide;
    MultiByteToWideChar(CP_UTF8, 0, variable, -1, name, NAME_ROOM);
    DWORD length = GetEnvironmentVariableW(name, wide, WIDE_ROOM);
    if (length == 0 || length >= WIDE_ROOM) {
        MultiByteToWideChar(CP_UTF8, 0, registry_value, -1, name, NAME_ROOM);
        if (RegGetValueW(HKEY_LOCAL_MACHINE, L"Software\\sqlvdi", name, RRF_RT_REG_SZ, NULL, wide, &bytes)
            != ERROR_SUCCESS) {
            wide[0] = L'\0';
        }
    }
    if (WideCharToMultiByte(CP_UTF8, 0, wide, -1, room, ROOM, NULL, NULL) == 0) {
        room[0] = '\0';
    }
    return room;
}

/*
 * A process takes one JVM only: the library of one that is there already, whatever its path, comes first. A JVM in a
 * folder whose letters the code page lacks would not find itself, and end the process.
 */
static void *open_jvm(const char *path) {
    static wchar_t wide[WIDE_ROOM];
    static char narrow[ROOM];
    BOOL lost = FALSE;
    HMODULE present = GetModuleHandleW(L"jvm.dll");
    if (present != NULL || MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, WIDE_ROOM) == 0
        || WideCharToMultiByte(CP_ACP, WC_NO_BEST_FIT_CHARS, wide, -1, narrow, ROOM, NULL, &lost) == 0 || lost) {
        return (void *) present;
    }
    return (void *) LoadLibraryExW(wide, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
}

static void *find(void *library, const char *name) {
    FARPROC function = GetProcAddress((HMODULE) library, name);
    void *address;
    memcpy(&address, &function, sizeof address);
    return address;
}

#else

static const char *setting(const char *variable, const char *registry_value, char *room) {
    (void) registry_value;
    const char *value = getenv(variable);
    room[0] = '\0';
    if (value != NULL && strlen(value) < ROOM) {
        strcpy(room, value);
    }
    return room;
}

static void *open_jvm(const char *path) {
    return dlopen(path, RTLD_NOW | RTLD_GLOBAL);
}

static void *find(void *library, const char *name) {
    return dlsym(library, name);
}

#endif

/* A new object, or NULL with an exception pending; nothing if one is pending already. */
static jobject make(JNIEnv *env, const char *class_name, const char *signature, ...) {
    jclass class = (*env)->ExceptionCheck(env) ? NULL : (*env)->FindClass(env, class_name);
    jmethodID constructor = class == NULL ? NULL : (*env)->GetMethodID(env, class, "<init>", signature);
    if (constructor == NULL) {
        return NULL;
    }
    va_list arguments;
    va_start(arguments, signature);
    jobject made = (*env)->NewObjectV(env, class, constructor, arguments);
    va_end(arguments);
    return made;
}

/* What a method gives, or NULL with an exception pending; nothing if one is pending already. */
static jobject ask(JNIEnv *env, jobject target, const char *method_name, const char *signature, ...) {
    jclass class = target == NULL ? NULL : (*env)->GetObjectClass(env, target);
    jmethodID method = class == NULL ? NULL : (*env)->GetMethodID(env, class, method_name, signature);
    if (method == NULL) {
        return NULL;
    }
    va_list arguments;
    va_start(arguments, signature);
    jobject given = (*env)->CallObjectMethodV(env, target, method, arguments);
    va_end(arguments);
    return (*env)->ExceptionCheck(env) ? NULL : given;
}

/* JNI's own strings are not quite UTF-8. */
static jstring to_java(JNIEnv *env, const char *text) {
    jsize length = (jsize) strlen(text);
    jbyteArray bytes = (*env)->NewByteArray(env, length);
    if (bytes == NULL) {
        return NULL;
    }
    (*env)->SetByteArrayRegion(env, bytes, 0, length, (const jbyte *) text);
    return make(env, "java/lang/String", "([BLjava/lang/String;)V", bytes, (*env)->NewStringUTF(env, "UTF-8"));
}

/* A loader for the class path: as an option of the JVM it could have the letters of one code page only. */
static jobject make_loader(JNIEnv *env, char *class_path) {
    jobject urls = make(env, "java/util/ArrayList", "()V");
    if (urls == NULL) {
        return NULL;
    }
    for (char *part = strtok(class_path, PATH_SEPARATOR); part != NULL; part = strtok(NULL, PATH_SEPARATOR)) {
        jobject file = make(env, "java/io/File", "(Ljava/lang/String;)V", to_java(env, part));
        jobject url = ask(env, ask(env, file, "toURI", "()Ljava/net/URI;"), "toURL", "()Ljava/net/URL;");
        if (url == NULL) {
            return NULL;
        }
        (*env)->CallBooleanMethod(env, urls, (*env)->GetMethodID(env, (*env)->GetObjectClass(env, urls), "add",
            "(Ljava/lang/Object;)Z"), url);
    }
    jclass url_class = (*env)->FindClass(env, "java/net/URL");
    jobject none = url_class == NULL ? NULL : (*env)->NewObjectArray(env, 0, url_class, NULL);
    jobject array = ask(env, none == NULL ? NULL : urls, "toArray", "([Ljava/lang/Object;)[Ljava/lang/Object;", none);
    return array == NULL ? NULL : make(env, "java/net/URLClassLoader", "([Ljava/net/URL;)V", array);
}

static int32_t find_method(JNIEnv *env, char *class_path) {
    jobject loader = make_loader(env, class_path);
    jobject found = loader == NULL ? NULL : ask(env, loader, "loadClass", "(Ljava/lang/String;)Ljava/lang/Class;",
        to_java(env, "io.github.sqlvdi.embedded.VdiClassObjects"));
    if (found != NULL) {
        class_objects = (*env)->NewGlobalRef(env, found);
        get_class_object = (*env)->GetStaticMethodID(env, class_objects, "getClassObject", "(JJJ)I");
    }
    if (get_class_object == NULL) {
        (*env)->ExceptionDescribe(env);
        (*env)->ExceptionClear(env);
        return complain(CLASS_NOT_FOUND, "the class path has no class io.github.sqlvdi.embedded.VdiClassObjects", "");
    }
    return 0;
}

/* The JVM's own class path has a file that is none of classes: an empty one would stand for the current folder. */
static int32_t create_jvm(CreateJavaVm create, JNIEnv **env, const char *no_classes) {
    static char more[ROOM];
    static char own_class_path[ROOM + 2 * NAME_ROOM];
    JavaVMOption options[MAX_OPTIONS] = {{own_class_path, NULL}, {"--enable-native-access=ALL-UNNAMED", NULL},
        {"-Xrs", NULL}};
    JavaVMInitArgs arguments = {JNI_VERSION_10, 3, options, JNI_FALSE};
    snprintf(own_class_path, sizeof own_class_path, "-Djava.class.path=%s", no_classes);
    const char *given = getenv("SQLVDI_JAVA_OPTIONS");
    snprintf(more, sizeof more, "%s", given == NULL ? "" : given);
    for (char *each = strtok(more, " "); each != NULL && arguments.nOptions < MAX_OPTIONS; each = strtok(NULL, " ")) {
        options[arguments.nOptions++].optionString = each;
    }
    if (create(&jvm, (void **) env, &arguments) != JNI_OK) {
        return complain(UNEXPECTED, "the JVM did not start; its own message is above", "");
    }
    return 0;
}

/* The thread must be attached for its JNI calls; one that was not is let go again, or the JVM would keep it for ever. */
static JNIEnv *enter(bool *attached) {
    JNIEnv *env = NULL;
    *attached = (*jvm)->GetEnv(jvm, (void **) &env, JNI_VERSION_10) != JNI_OK
        && (*jvm)->AttachCurrentThreadAsDaemon(jvm, (void **) &env, NULL) == JNI_OK;
    return env;
}

static void leave(bool attached) {
    if (attached) {
        (*jvm)->DetachCurrentThread(jvm);
    }
}

static int32_t start(void) {
    static char home[ROOM + NAME_ROOM];
    static char class_path[ROOM];
    setting("SQLVDI_CLASS_PATH", "ClassPath", class_path);
    if (setting("SQLVDI_JAVA_HOME", "JavaHome", home)[0] == '\0') {
        return complain(MODULE_NOT_FOUND, "SQLVDI_JAVA_HOME is not set; expected the folder of a Java 22 or later", "");
    }
    const char *path = strcat(home, JVM_FILE);
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
    bool attached = true;
    if (created_function(&jvm, 1, &count) == JNI_OK && count > 0) {
        env = enter(&attached);
        if (env == NULL) {
            return complain(UNEXPECTED, "this thread cannot be attached to the JVM", "");
        }
    } else if (class_path[0] == '\0') {
        return complain(CLASS_NOT_FOUND, "SQLVDI_CLASS_PATH is not set; expected the path of sqlvdi.jar", "");
    } else {
        int32_t result = create_jvm(create_function, &env, path);
        if (result != 0) {
            return result;
        }
    }
    int32_t result = find_method(env, class_path);
    leave(attached);
    return result;
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
    bool attached;
    JNIEnv *env = enter(&attached);
    if (env == NULL) {
        return complain(UNEXPECTED, "this thread cannot be attached to the JVM", "");
    }
    result = (*env)->CallStaticIntMethod(env, class_objects, get_class_object, (jlong) (uintptr_t) clsid,
        (jlong) (uintptr_t) iid, (jlong) (uintptr_t) ppv);
    if ((*env)->ExceptionCheck(env)) {
        (*env)->ExceptionDescribe(env);
        (*env)->ExceptionClear(env);
        result = complain(UNEXPECTED, "VdiClassObjects.getClassObject threw", "");
    } else if (result != 0) {
        complain(result, "the embedded VDI has no such class or interface", "");
    }
    leave(attached);
    return result;
}

/* A JVM cannot be unloaded. */
int32_t DllCanUnloadNow(void) {
    return STILL_IN_USE;
}
