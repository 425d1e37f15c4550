package io.github.sqlvdi.bindings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of the VDI reference, written down a second time: nothing here is read from the header or from the
 * generated classes, both are compared with it.
 */
final class ReferenceNumbers {
    record Field(String name, int offset, int size) {
    }

    record Struct(String name, int size, int alignment, List<Field> fields) {
    }

    /** {@code parameters} as the reference prints them: {@code DWORD dwTimeOut, VDC_Command** ppCmd}. */
    record Slot(int number, String method, String parameters) {
    }

    /** VDI reference 4.1 to 4.3, Win64 and Linux x86-64: name, size, alignment; then offset, size, name. */
    private static final String STRUCTS = """
            VDConfig 44 4
            0 4 deviceCount
            4 4 features
            8 4 prefixZoneSize
            12 4 alignment
            16 4 softFileMarkBlockSize
            20 4 EOMWarningSize
            24 4 serverTimeOut
            28 4 blockSize
            32 4 maxIODepth
            36 4 maxTransferSize
            40 4 bufferAreaSize
            VDC_Command 24 8
            0 4 commandCode
            4 4 size
            8 8 position
            16 8 buffer
            VDS_Command 56 8
            0 4 commandCode
            4 4 size
            8 8 inPosition
            16 8 outPosition
            24 8 buffer
            32 8 completionRoutine
            40 8 completionContext
            48 4 completionCode
            52 4 bytesTransferred
            """;

    /** VDI reference 3.3, slots after the three of IUnknown. */
    private static final String INTERFACES = """
            IClientVirtualDevice
            3 GetCommand(DWORD dwTimeOut, VDC_Command** ppCmd)
            4 CompleteCommand(VDC_Command* pCmd, DWORD dwCompletionCode, DWORD dwBytesTransferred, \
            DWORDLONG dwlPosition)
            IClientVirtualDeviceSet
            3 Create(LPCWSTR lpName, VDConfig* pCfg)
            4 GetConfiguration(DWORD dwTimeOut, VDConfig* pCfg)
            5 OpenDevice(LPCWSTR lpName, IClientVirtualDevice** ppVirtualDevice)
            6 Close()
            7 SignalAbort()
            8 OpenInSecondary(LPCWSTR lpSetName)
            9 GetBufferHandle(BYTE* pBuffer, DWORD* pBufferHandle)
            10 MapBufferHandle(DWORD dwBuffer, BYTE** ppBuffer)
            IClientVirtualDeviceSet2
            3 Create(LPCWSTR lpName, VDConfig* pCfg)
            4 GetConfiguration(DWORD dwTimeOut, VDConfig* pCfg)
            5 OpenDevice(LPCWSTR lpName, IClientVirtualDevice** ppVirtualDevice)
            6 Close()
            7 SignalAbort()
            8 OpenInSecondary(LPCWSTR lpSetName)
            9 GetBufferHandle(BYTE* pBuffer, DWORD* pBufferHandle)
            10 MapBufferHandle(DWORD dwBuffer, BYTE** ppBuffer)
            11 CreateEx(LPCWSTR lpInstanceName, LPCWSTR lpName, VDConfig* pCfg)
            12 OpenInSecondaryEx(LPCWSTR lpInstanceName, LPCWSTR lpSetName)
            IServerVirtualDevice
            3 SendCommand(VDS_Command* pCmd)
            4 CloseDevice()
            IServerVirtualDeviceSet
            3 Open(LPCWSTR lpName)
            4 GetConfiguration(VDConfig* pCfg)
            5 SetConfiguration(VDConfig* pCfg)
            6 ExecuteCompletionAgent()
            7 OpenDevice(LPCWSTR lpName, IServerVirtualDevice** ppVirtualDevice)
            8 AllocateBuffer(BYTE** ppBuffer, DWORD dwSize, DWORD dwAlignment)
            9 FreeBuffer(BYTE* pBuffer, DWORD dwSize)
            10 IsSharedBuffer(BYTE* pBuffer)
            11 SignalAbort()
            12 Close()
            IServerVirtualDeviceSet2
            3 Open(LPCWSTR lpInstanceName, LPCWSTR lpSetName)
            4 GetConfiguration(VDConfig* pCfg)
            5 BeginConfiguration(DWORD dwFeatures, DWORD dwBlockSize, DWORD dwAlignment, \
            DWORD dwMaxTransferSize, DWORD dwTimeout)
            6 EndConfiguration()
            7 RequestBuffers(DWORD dwSize, DWORD dwAlignment, DWORD dwCount)
            8 QueryAvailableBuffers(DWORD dwSize, DWORD dwAlignment, DWORD* pCount)
            9 ExecuteCompletionAgent()
            10 OpenDevice(LPCWSTR lpName, IServerVirtualDevice** ppVirtualDevice)
            11 AllocateBuffer(BYTE** ppBuffer, DWORD dwSize, DWORD dwAlignment)
            12 FreeBuffer(BYTE* pBuffer, DWORD dwSize)
            13 IsSharedBuffer(BYTE* pBuffer)
            14 SignalAbort()
            15 Close()
            """;

    /** VDI reference 5.1 to 5.5, and what COM and Windows define. */
    private static final String CONSTANTS = """
            VDF_LikePipe 0x00000000
            VDF_Removable 0x00000001
            VDF_Rewind 0x00000002
            VDF_Position 0x00000010
            VDF_SkipBlocks 0x00000020
            VDF_ReversePosition 0x00000040
            VDF_Discard 0x00000080
            VDF_FileMarks 0x00000100
            VDF_RandomAccess 0x00000200
            VDF_SnapshotPrepare 0x00000400
            VDF_EnumFrozenFiles 0x00000800
            VDF_VSSWriter 0x00001000
            VDF_RequestComplete 0x00002000
            VDF_WriteMedia 0x00010000
            VDF_ReadMedia 0x00020000
            VDF_CompleteEnabled 0x00040000
            VDF_LatchStats 0x80000000
            VDF_LikeTape 0x00000173
            VDF_LikeDisk 0x00000200
            VDC_Read 1
            VDC_Write 2
            VDC_ClearError 3
            VDC_Rewind 4
            VDC_WriteMark 5
            VDC_SkipMarks 6
            VDC_SkipBlocks 7
            VDC_Load 8
            VDC_GetPosition 9
            VDC_SetPosition 10
            VDC_Discard 11
            VDC_Flush 12
            VDC_Snapshot 13
            VDC_MountSnapshot 14
            VDC_PrepareToFreeze 15
            VDC_FileInfoBegin 16
            VDC_FileInfoEnd 17
            VDC_GetError 18
            VDC_Complete 19
            VDC_Beginning 0
            VDC_Current 1
            VDC_End 2
            VD_E_NOTOPEN 0x80770002
            VD_E_TIMEOUT 0x80770003
            VD_E_ABORT 0x80770004
            VD_E_SECURITY 0x80770005
            VD_E_INVALID 0x80770006
            VD_E_INSTANCE_NAME 0x80770007
            VD_E_NOTSUPPORTED 0x80770009
            VD_E_MEMORY 0x8077000A
            VD_E_UNEXPECTED 0x8077000B
            VD_E_PROTOCOL 0x8077000C
            VD_E_OPEN 0x8077000D
            VD_E_CLOSE 0x8077000E
            VD_E_BUSY 0x8077000F
            VD_E_QUEUE_FULL 0x80770001
            VD_E_IO_ERROR 0x80770008
            S_OK 0
            S_FALSE 1
            E_NOTIMPL 0x80004001
            E_NOINTERFACE 0x80004002
            E_POINTER 0x80004003
            E_ACCESSDENIED 0x80070005
            E_OUTOFMEMORY 0x8007000E
            E_FILE_NOT_FOUND 0x80070002
            E_PROC_NOT_FOUND 0x8007007F
            RPC_E_CHANGED_MODE 0x80010106
            CLASS_E_CLASSNOTAVAILABLE 0x80040111
            REGDB_E_CLASSNOTREG 0x80040154
            CO_E_NOTINITIALIZED 0x800401F0
            CO_E_OBJNOTCONNECTED 0x800401FD
            ERROR_SUCCESS 0
            ERROR_INVALID_HANDLE 6
            ERROR_ARENA_TRASHED 7
            ERROR_WRITE_PROTECT 19
            ERROR_NOT_READY 21
            ERROR_CRC 23
            ERROR_WRITE_FAULT 29
            ERROR_READ_FAULT 30
            ERROR_GEN_FAILURE 31
            ERROR_HANDLE_EOF 38
            ERROR_HANDLE_DISK_FULL 39
            ERROR_NOT_SUPPORTED 50
            ERROR_INVALID_PARAMETER 87
            ERROR_DISK_FULL 112
            ERROR_OPERATION_ABORTED 995
            ERROR_END_OF_MEDIA 1100
            ERROR_FILEMARK_DETECTED 1101
            ERROR_BEGINNING_OF_MEDIA 1102
            ERROR_SETMARK_DETECTED 1103
            ERROR_NO_DATA_DETECTED 1104
            ERROR_INVALID_BLOCK_LENGTH 1106
            ERROR_MEDIA_CHANGED 1110
            ERROR_BUS_RESET 1111
            ERROR_NO_MEDIA_IN_DRIVE 1112
            ERROR_IO_DEVICE 1117
            ERROR_EOM_OVERFLOW 1129
            ERROR_NO_SYSTEM_RESOURCES 1450
            INFINITE 0xFFFFFFFF
            """;

    private ReferenceNumbers() {
    }

    static List<Struct> structs() {
        List<Struct> structs = new ArrayList<>();
        for (String line : STRUCTS.lines().toList()) {
            String[] word = line.split(" ");
            if (Character.isDigit(line.charAt(0))) {
                structs.getLast().fields.add(new Field(word[2], Integer.parseInt(word[0]), Integer.parseInt(word[1])));
            } else {
                int size = Integer.parseInt(word[1]);
                structs.add(new Struct(word[0], size, Integer.parseInt(word[2]), new ArrayList<>()));
            }
        }
        return structs;
    }

    /** Interface to slots, IUnknown's three included; the order is that of the reference. */
    static Map<String, List<Slot>> interfaces() {
        Map<String, List<Slot>> interfaces = new LinkedHashMap<>();
        List<Slot> slots = null;
        for (String line : ("IUnknown\n" + INTERFACES).lines().toList()) {
            if (Character.isDigit(line.charAt(0))) {
                int open = line.indexOf('(');
                int space = line.indexOf(' ');
                slots.add(new Slot(Integer.parseInt(line.substring(0, space)), line.substring(space + 1, open),
                        line.substring(open + 1, line.length() - 1)));
            } else {
                slots = new ArrayList<>(List.of(new Slot(0, "QueryInterface", "REFIID riid, void** ppv"),
                        new Slot(1, "AddRef", ""), new Slot(2, "Release", "")));
                interfaces.put(line, slots);
            }
        }
        return interfaces;
    }

    static Map<String, Integer> constants() {
        Map<String, Integer> constants = new LinkedHashMap<>();
        for (String line : CONSTANTS.lines().toList()) {
            String[] word = line.split(" ");
            constants.put(word[0], Long.decode(word[1]).intValue());
        }
        return constants;
    }
}
