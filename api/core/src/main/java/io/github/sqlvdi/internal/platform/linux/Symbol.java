package io.github.sqlvdi.internal.platform.linux;

import java.util.List;

/** The functions of {@code libsqlvdi.so}, by the names that g++ and clang give them (VDI reference 13.2). */
enum Symbol {
    /** {@code ClientVirtualDeviceSet()}: the constructor of a complete object, else that of a base object. */
    SET_CONSTRUCTOR(true, "_ZN22ClientVirtualDeviceSetC1Ev", "_ZN22ClientVirtualDeviceSetC2Ev"),
    /** {@code ~ClientVirtualDeviceSet()}. */
    SET_DESTRUCTOR(false, "_ZN22ClientVirtualDeviceSetD1Ev", "_ZN22ClientVirtualDeviceSetD2Ev"),
    /** {@code int Create(char *name, VDConfig *cfg)}. */
    CREATE(true, "_ZN22ClientVirtualDeviceSet6CreateEPcP8VDConfig"),
    /** {@code int GetConfiguration(time_t timeout, VDConfig *cfg)}. */
    GET_CONFIGURATION(true, "_ZN22ClientVirtualDeviceSet16GetConfigurationElP8VDConfig"),
    /** {@code int OpenDevice(char *name, ClientVirtualDevice **pp)}. */
    OPEN_DEVICE(true, "_ZN22ClientVirtualDeviceSet10OpenDeviceEPcPP19ClientVirtualDevice"),
    /** {@code int Close()}. */
    CLOSE(true, "_ZN22ClientVirtualDeviceSet5CloseEv"),
    /** {@code int SignalAbort()}. */
    SIGNAL_ABORT(true, "_ZN22ClientVirtualDeviceSet11SignalAbortEv"),
    /** {@code int OpenInSecondary(char *setName)}. */
    OPEN_IN_SECONDARY(false, "_ZN22ClientVirtualDeviceSet15OpenInSecondaryEPc"),
    /** {@code int GetBufferHandle(uint8_t *pBuffer, unsigned int *pBufferHandle)}. */
    GET_BUFFER_HANDLE(false, "_ZN22ClientVirtualDeviceSet15GetBufferHandleEPhPj"),
    /** {@code int MapBufferHandle(int dwBuffer, uint8_t **ppBuffer)}. */
    MAP_BUFFER_HANDLE(false, "_ZN22ClientVirtualDeviceSet15MapBufferHandleEiPPh"),
    /** {@code int GetCommand(time_t timeOut, VDC_Command **ppCmd)}. */
    GET_COMMAND(true, "_ZN19ClientVirtualDevice10GetCommandElPP11VDC_Command"),
    /** {@code int CompleteCommand(VDC_Command *pCmd, int code, unsigned long bytes, int64_t position)}. */
    COMPLETE_COMMAND(true, "_ZN19ClientVirtualDevice15CompleteCommandEP11VDC_Commandiml");

    private final boolean required;
    private final List<String> names;

    Symbol(boolean required, String... names) {
        this.required = required;
        this.names = List.of(names);
    }

    /** {@return whether every backup and restore needs this function} */
    boolean required() {
        return required;
    }

    /** {@return the names; the first one that the library has is used} */
    List<String> names() {
        return names;
    }
}
