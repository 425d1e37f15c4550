/*
 * The binary interface of SQL Server's Virtual Device Interface, as plain C: what the Java bindings are generated from.
 *
 * One text is right for Win64 and Linux x86-64. Every type has a fixed width: 64-bit values are `unsigned long long`
 * (a `long` or a `uint64_t` would tie the generated code to the machine it was generated on), UTF-16 units are
 * `uint16_t`. There are no functions and no variables, and identifiers of interfaces are not here: they cannot be
 * expressed as constants (see Guids.java). All structures have natural alignment, which equals packing by 8.
 *
 * Numbers in parentheses, such as (VDI reference 3.3), are sections of docs/vdi-reference.md, the source of the values.
 */
#ifndef SQLVDI_VDI_H
#define SQLVDI_VDI_H

#include <stdint.h>

/* ---- HRESULTs of VDI (VDI reference 5.4): 0x80770000 + n ---- */

#define VD_E_NOTOPEN 0x80770002u       /* the object is not open */
#define VD_E_TIMEOUT 0x80770003u       /* nothing came within the given time */
#define VD_E_ABORT 0x80770004u         /* the set is being aborted; only closing is left */
#define VD_E_SECURITY 0x80770005u      /* access rights could not be set up */
#define VD_E_INVALID 0x80770006u       /* an argument is wrong */
#define VD_E_INSTANCE_NAME 0x80770007u /* no such SQL Server instance */
#define VD_E_NOTSUPPORTED 0x80770009u  /* this configuration cannot be had */
#define VD_E_MEMORY 0x8077000Au        /* no memory for buffers or bookkeeping */
#define VD_E_UNEXPECTED 0x8077000Bu    /* a defect inside the library */
#define VD_E_PROTOCOL 0x8077000Cu      /* the call is not legal in this state */
#define VD_E_OPEN 0x8077000Du          /* all devices are open already, or some still are */
#define VD_E_CLOSE 0x8077000Eu         /* the peer closed: the normal end */
#define VD_E_BUSY 0x8077000Fu          /* the resource is in use */

/* Named by the documentation of SendCommand, but published without a number: these two are numbers of our own, taken
   from the two that the published list leaves free. */
#define VD_E_QUEUE_FULL 0x80770001u    /* too many commands are outstanding on the device */
#define VD_E_IO_ERROR 0x80770008u      /* the device is in an I/O-error state */

/* ---- HRESULTs of COM and Windows that VDI callers meet (VDI reference 3.2, 5.4) ---- */

#define S_OK 0u
#define S_FALSE 1u
#define E_NOTIMPL 0x80004001u
#define E_NOINTERFACE 0x80004002u
#define E_POINTER 0x80004003u
#define E_ACCESSDENIED 0x80070005u
#define E_OUTOFMEMORY 0x8007000Eu
#define E_FILE_NOT_FOUND 0x80070002u          /* Win32 error 2 as an HRESULT: no set of that name */
#define E_PROC_NOT_FOUND 0x8007007Fu          /* Win32 error 127 as an HRESULT: mismatched DLLs */
#define RPC_E_CHANGED_MODE 0x80010106u        /* CoInitializeEx: the thread has another apartment */
#define CLASS_E_CLASSNOTAVAILABLE 0x80040111u /* the registered DLL does not supply the class */
#define REGDB_E_CLASSNOTREG 0x80040154u       /* no DLL of this bitness is registered */
#define CO_E_NOTINITIALIZED 0x800401F0u       /* COM is not initialised on this thread */
#define CO_E_OBJNOTCONNECTED 0x800401FDu      /* the object behind the pointer is gone */

/* ---- Completion codes (VDI reference 5.5): Win32 error numbers, never HRESULTs ---- */

#define ERROR_SUCCESS 0u
#define ERROR_INVALID_HANDLE 6u
#define ERROR_ARENA_TRASHED 7u
#define ERROR_WRITE_PROTECT 19u
#define ERROR_NOT_READY 21u
#define ERROR_CRC 23u
#define ERROR_WRITE_FAULT 29u
#define ERROR_READ_FAULT 30u
#define ERROR_GEN_FAILURE 31u
#define ERROR_HANDLE_EOF 38u
#define ERROR_HANDLE_DISK_FULL 39u
#define ERROR_NOT_SUPPORTED 50u
#define ERROR_INVALID_PARAMETER 87u
#define ERROR_DISK_FULL 112u
#define ERROR_OPERATION_ABORTED 995u
#define ERROR_END_OF_MEDIA 1100u
#define ERROR_FILEMARK_DETECTED 1101u
#define ERROR_BEGINNING_OF_MEDIA 1102u
#define ERROR_SETMARK_DETECTED 1103u
#define ERROR_NO_DATA_DETECTED 1104u
#define ERROR_INVALID_BLOCK_LENGTH 1106u
#define ERROR_MEDIA_CHANGED 1110u
#define ERROR_BUS_RESET 1111u
#define ERROR_NO_MEDIA_IN_DRIVE 1112u
#define ERROR_IO_DEVICE 1117u
#define ERROR_EOM_OVERFLOW 1129u
#define ERROR_NO_SYSTEM_RESOURCES 1450u

/* ---- Features (VDI reference 5.1): bits of VDConfig.features ---- */

#define VDF_LikePipe 0x00000000u        /* strictly sequential: no bit at all */
#define VDF_Removable 0x00000001u       /* media can be changed: VDC_Load */
#define VDF_Rewind 0x00000002u          /* VDC_Rewind */
#define VDF_Position 0x00000010u        /* VDC_GetPosition and VDC_SetPosition by block */
#define VDF_SkipBlocks 0x00000020u      /* VDC_SkipBlocks */
#define VDF_ReversePosition 0x00000040u /* positions backwards too */
#define VDF_Discard 0x00000080u         /* VDC_Discard */
#define VDF_FileMarks 0x00000100u       /* VDC_WriteMark, VDC_SkipMarks */
#define VDF_RandomAccess 0x00000200u    /* every read and write carries a byte position */
#define VDF_SnapshotPrepare 0x00000400u /* VDC_PrepareToFreeze before the freeze */
#define VDF_EnumFrozenFiles 0x00000800u
#define VDF_VSSWriter 0x00001000u
#define VDF_RequestComplete 0x00002000u /* the client asks for VDC_Complete */
#define VDF_WriteMedia 0x00010000u      /* set by the server: a backup */
#define VDF_ReadMedia 0x00020000u       /* set by the server: a restore */
#define VDF_CompleteEnabled 0x00040000u /* set by the server: VDC_Complete will come */
#define VDF_LatchStats 0x80000000u
#define VDF_LikeTape 0x00000173u        /* FileMarks, Removable, Rewind, Position, SkipBlocks, ReversePosition */
#define VDF_LikeDisk 0x00000200u        /* RandomAccess */

/* ---- Commands (VDI reference 5.2): commandCode of VDC_Command and VDS_Command ---- */

typedef enum VDCommands {
    VDC_Read = 1,
    VDC_Write = 2,
    VDC_ClearError = 3,
    VDC_Rewind = 4,
    VDC_WriteMark = 5,
    VDC_SkipMarks = 6,
    VDC_SkipBlocks = 7,
    VDC_Load = 8,
    VDC_GetPosition = 9,
    VDC_SetPosition = 10,
    VDC_Discard = 11,
    VDC_Flush = 12,
    VDC_Snapshot = 13,
    VDC_MountSnapshot = 14,
    VDC_PrepareToFreeze = 15,
    VDC_FileInfoBegin = 16,
    VDC_FileInfoEnd = 17,
    VDC_GetError = 18,
    VDC_Complete = 19
} VDCommands;

/* ---- Whence (VDI reference 5.3): `size` of VDC_SetPosition on random-access devices ---- */

typedef enum VDWhence {
    VDC_Beginning = 0,
    VDC_Current = 1,
    VDC_End = 2
} VDWhence;

/* A time-out that never comes, in milliseconds. */
#define INFINITE 0xFFFFFFFFu

/* ---- Structures (VDI reference 4) ---- */

/* Limits of a device set (VDI reference 4.1): 44 bytes. The last four are the server's answer. */
typedef struct VDConfig {
    uint32_t deviceCount;           /*  0: 1..64 */
    uint32_t features;              /*  4: VDF_ bits */
    uint32_t prefixZoneSize;        /*  8: bytes in front of every buffer */
    uint32_t alignment;             /* 12: of the data zone, bytes, a power of two */
    uint32_t softFileMarkBlockSize; /* 16: bytes */
    uint32_t EOMWarningSize;        /* 20: bytes */
    uint32_t serverTimeOut;         /* 24: milliseconds */
    uint32_t blockSize;             /* 28: bytes, every transfer is a multiple */
    uint32_t maxIODepth;            /* 32: commands outstanding on a device */
    uint32_t maxTransferSize;       /* 36: bytes */
    uint32_t bufferAreaSize;        /* 40: bytes */
} VDConfig;

/* A command as the client gets it (VDI reference 4.2): 24 bytes, owned by the library until it is completed. */
typedef struct VDC_Command {
    uint32_t commandCode;        /*  0: VDC_ */
    uint32_t size;               /*  4: bytes, or what the command says */
    unsigned long long position; /*  8: bytes or blocks */
    uint8_t *buffer;             /* 16: the data zone of a read or write */
} VDC_Command;

typedef struct VDS_Command VDS_Command;

/* Called once for each command that was sent. */
typedef void (*VDS_CompletionRoutine)(VDS_Command *pCmd);

/* A command as the server sends it (VDI reference 4.3): 56 bytes, untouched by the server until its callback. */
struct VDS_Command {
    uint32_t commandCode;                    /*  0: VDC_ */
    uint32_t size;                           /*  4: bytes, or what the command says */
    unsigned long long inPosition;           /*  8: to the client */
    unsigned long long outPosition;          /* 16: from the client */
    uint8_t *buffer;                         /* 24: the data zone of a read or write */
    VDS_CompletionRoutine completionRoutine; /* 32 */
    uint8_t *completionContext;              /* 40: the sender's own */
    uint32_t completionCode;                 /* 48: ERROR_ */
    uint32_t bytesTransferred;               /* 52: of a read or write */
};

/* ---- Interfaces (VDI reference 3.3): a pointer to an object points to the pointer to its vtable ---- */

/* Identifiers of interfaces are 16 bytes. Reference counts come back as the result of AddRef and Release. */
typedef int32_t (*IUnknown_QueryInterface)(void *self, const uint8_t *riid, void **ppv);
typedef uint32_t (*IUnknown_AddRef)(void *self);
typedef uint32_t (*IUnknown_Release)(void *self);

/* What every interface begins with. */
typedef struct IUnknown IUnknown;

typedef struct IUnknownVtbl {
    IUnknown_QueryInterface QueryInterface; /*  0 */
    IUnknown_AddRef AddRef;                 /*  1 */
    IUnknown_Release Release;               /*  2 */
} IUnknownVtbl;

struct IUnknown {
    const IUnknownVtbl *lpVtbl;
};

/* A device, seen by the client. */
typedef struct IClientVirtualDevice IClientVirtualDevice;
typedef int32_t (*IClientVirtualDevice_GetCommand)(IClientVirtualDevice *self, uint32_t dwTimeOut, VDC_Command **ppCmd);
typedef int32_t (*IClientVirtualDevice_CompleteCommand)(IClientVirtualDevice *self, VDC_Command *pCmd,
    uint32_t dwCompletionCode, uint32_t dwBytesTransferred, unsigned long long dwlPosition);

typedef struct IClientVirtualDeviceVtbl {
    IUnknown_QueryInterface QueryInterface;               /*  0 */
    IUnknown_AddRef AddRef;                               /*  1 */
    IUnknown_Release Release;                             /*  2 */
    IClientVirtualDevice_GetCommand GetCommand;           /*  3 */
    IClientVirtualDevice_CompleteCommand CompleteCommand; /*  4 */
} IClientVirtualDeviceVtbl;

struct IClientVirtualDevice {
    const IClientVirtualDeviceVtbl *lpVtbl;
};

/* A device set, seen by the client; of SQL Server 7.0. */
typedef struct IClientVirtualDeviceSet IClientVirtualDeviceSet;
typedef int32_t (*IClientVirtualDeviceSet_Create)(IClientVirtualDeviceSet *self, const uint16_t *lpName,
    VDConfig *pCfg);
typedef int32_t (*IClientVirtualDeviceSet_GetConfiguration)(IClientVirtualDeviceSet *self, uint32_t dwTimeOut,
    VDConfig *pCfg);
typedef int32_t (*IClientVirtualDeviceSet_OpenDevice)(IClientVirtualDeviceSet *self, const uint16_t *lpName,
    IClientVirtualDevice **ppVirtualDevice);
typedef int32_t (*IClientVirtualDeviceSet_Close)(IClientVirtualDeviceSet *self);
typedef int32_t (*IClientVirtualDeviceSet_SignalAbort)(IClientVirtualDeviceSet *self);
typedef int32_t (*IClientVirtualDeviceSet_OpenInSecondary)(IClientVirtualDeviceSet *self, const uint16_t *lpSetName);
typedef int32_t (*IClientVirtualDeviceSet_GetBufferHandle)(IClientVirtualDeviceSet *self, uint8_t *pBuffer,
    uint32_t *pBufferHandle);
typedef int32_t (*IClientVirtualDeviceSet_MapBufferHandle)(IClientVirtualDeviceSet *self, uint32_t dwBuffer,
    uint8_t **ppBuffer);

typedef struct IClientVirtualDeviceSetVtbl {
    IUnknown_QueryInterface QueryInterface;                    /*  0 */
    IUnknown_AddRef AddRef;                                    /*  1 */
    IUnknown_Release Release;                                  /*  2 */
    IClientVirtualDeviceSet_Create Create;                     /*  3 */
    IClientVirtualDeviceSet_GetConfiguration GetConfiguration; /*  4 */
    IClientVirtualDeviceSet_OpenDevice OpenDevice;             /*  5 */
    IClientVirtualDeviceSet_Close Close;                       /*  6 */
    IClientVirtualDeviceSet_SignalAbort SignalAbort;           /*  7 */
    IClientVirtualDeviceSet_OpenInSecondary OpenInSecondary;   /*  8 */
    IClientVirtualDeviceSet_GetBufferHandle GetBufferHandle;   /*  9 */
    IClientVirtualDeviceSet_MapBufferHandle MapBufferHandle;   /* 10 */
} IClientVirtualDeviceSetVtbl;

struct IClientVirtualDeviceSet {
    const IClientVirtualDeviceSetVtbl *lpVtbl;
};

/* The same with named instances; slots 3 to 10 are those of IClientVirtualDeviceSet. */
typedef struct IClientVirtualDeviceSet2 IClientVirtualDeviceSet2;
typedef int32_t (*IClientVirtualDeviceSet2_CreateEx)(IClientVirtualDeviceSet2 *self, const uint16_t *lpInstanceName,
    const uint16_t *lpName, VDConfig *pCfg);
typedef int32_t (*IClientVirtualDeviceSet2_OpenInSecondaryEx)(IClientVirtualDeviceSet2 *self,
    const uint16_t *lpInstanceName, const uint16_t *lpSetName);

typedef struct IClientVirtualDeviceSet2Vtbl {
    IUnknown_QueryInterface QueryInterface;                       /*  0 */
    IUnknown_AddRef AddRef;                                       /*  1 */
    IUnknown_Release Release;                                     /*  2 */
    IClientVirtualDeviceSet_Create Create;                        /*  3 */
    IClientVirtualDeviceSet_GetConfiguration GetConfiguration;    /*  4 */
    IClientVirtualDeviceSet_OpenDevice OpenDevice;                /*  5 */
    IClientVirtualDeviceSet_Close Close;                          /*  6 */
    IClientVirtualDeviceSet_SignalAbort SignalAbort;              /*  7 */
    IClientVirtualDeviceSet_OpenInSecondary OpenInSecondary;      /*  8 */
    IClientVirtualDeviceSet_GetBufferHandle GetBufferHandle;      /*  9 */
    IClientVirtualDeviceSet_MapBufferHandle MapBufferHandle;      /* 10 */
    IClientVirtualDeviceSet2_CreateEx CreateEx;                   /* 11 */
    IClientVirtualDeviceSet2_OpenInSecondaryEx OpenInSecondaryEx; /* 12 */
} IClientVirtualDeviceSet2Vtbl;

struct IClientVirtualDeviceSet2 {
    const IClientVirtualDeviceSet2Vtbl *lpVtbl;
};

/* A device, seen by the server. */
typedef struct IServerVirtualDevice IServerVirtualDevice;
typedef int32_t (*IServerVirtualDevice_SendCommand)(IServerVirtualDevice *self, VDS_Command *pCmd);
typedef int32_t (*IServerVirtualDevice_CloseDevice)(IServerVirtualDevice *self);

typedef struct IServerVirtualDeviceVtbl {
    IUnknown_QueryInterface QueryInterface;       /*  0 */
    IUnknown_AddRef AddRef;                       /*  1 */
    IUnknown_Release Release;                     /*  2 */
    IServerVirtualDevice_SendCommand SendCommand; /*  3 */
    IServerVirtualDevice_CloseDevice CloseDevice; /*  4 */
} IServerVirtualDeviceVtbl;

struct IServerVirtualDevice {
    const IServerVirtualDeviceVtbl *lpVtbl;
};

/* A device set, seen by the server; of SQL Server 7.0. */
typedef struct IServerVirtualDeviceSet IServerVirtualDeviceSet;
typedef int32_t (*IServerVirtualDeviceSet_Open)(IServerVirtualDeviceSet *self, const uint16_t *lpName);
typedef int32_t (*IServerVirtualDeviceSet_GetConfiguration)(IServerVirtualDeviceSet *self, VDConfig *pCfg);
typedef int32_t (*IServerVirtualDeviceSet_SetConfiguration)(IServerVirtualDeviceSet *self, VDConfig *pCfg);
typedef int32_t (*IServerVirtualDeviceSet_ExecuteCompletionAgent)(IServerVirtualDeviceSet *self);
typedef int32_t (*IServerVirtualDeviceSet_OpenDevice)(IServerVirtualDeviceSet *self, const uint16_t *lpName,
    IServerVirtualDevice **ppVirtualDevice);
typedef int32_t (*IServerVirtualDeviceSet_AllocateBuffer)(IServerVirtualDeviceSet *self, uint8_t **ppBuffer,
    uint32_t dwSize, uint32_t dwAlignment);
typedef int32_t (*IServerVirtualDeviceSet_FreeBuffer)(IServerVirtualDeviceSet *self, uint8_t *pBuffer, uint32_t dwSize);
/* The result is a BOOL: 1 = shared, 0 = not. */
typedef int32_t (*IServerVirtualDeviceSet_IsSharedBuffer)(IServerVirtualDeviceSet *self, uint8_t *pBuffer);
typedef int32_t (*IServerVirtualDeviceSet_SignalAbort)(IServerVirtualDeviceSet *self);
typedef int32_t (*IServerVirtualDeviceSet_Close)(IServerVirtualDeviceSet *self);

typedef struct IServerVirtualDeviceSetVtbl {
    IUnknown_QueryInterface QueryInterface;                                /*  0 */
    IUnknown_AddRef AddRef;                                                /*  1 */
    IUnknown_Release Release;                                              /*  2 */
    IServerVirtualDeviceSet_Open Open;                                     /*  3 */
    IServerVirtualDeviceSet_GetConfiguration GetConfiguration;             /*  4 */
    IServerVirtualDeviceSet_SetConfiguration SetConfiguration;             /*  5 */
    IServerVirtualDeviceSet_ExecuteCompletionAgent ExecuteCompletionAgent; /*  6 */
    IServerVirtualDeviceSet_OpenDevice OpenDevice;                         /*  7 */
    IServerVirtualDeviceSet_AllocateBuffer AllocateBuffer;                 /*  8 */
    IServerVirtualDeviceSet_FreeBuffer FreeBuffer;                         /*  9 */
    IServerVirtualDeviceSet_IsSharedBuffer IsSharedBuffer;                 /* 10 */
    IServerVirtualDeviceSet_SignalAbort SignalAbort;                       /* 11 */
    IServerVirtualDeviceSet_Close Close;                                   /* 12 */
} IServerVirtualDeviceSetVtbl;

struct IServerVirtualDeviceSet {
    const IServerVirtualDeviceSetVtbl *lpVtbl;
};

/* The same with named instances and several buffer areas; its slots are its own. */
typedef struct IServerVirtualDeviceSet2 IServerVirtualDeviceSet2;
typedef int32_t (*IServerVirtualDeviceSet2_Open)(IServerVirtualDeviceSet2 *self, const uint16_t *lpInstanceName,
    const uint16_t *lpSetName);
typedef int32_t (*IServerVirtualDeviceSet2_GetConfiguration)(IServerVirtualDeviceSet2 *self, VDConfig *pCfg);
/* Block size before alignment: the order of the published header, not of the help text. */
typedef int32_t (*IServerVirtualDeviceSet2_BeginConfiguration)(IServerVirtualDeviceSet2 *self, uint32_t dwFeatures,
    uint32_t dwBlockSize, uint32_t dwAlignment, uint32_t dwMaxTransferSize, uint32_t dwTimeout);
typedef int32_t (*IServerVirtualDeviceSet2_EndConfiguration)(IServerVirtualDeviceSet2 *self);
typedef int32_t (*IServerVirtualDeviceSet2_RequestBuffers)(IServerVirtualDeviceSet2 *self, uint32_t dwSize,
    uint32_t dwAlignment, uint32_t dwCount);
typedef int32_t (*IServerVirtualDeviceSet2_QueryAvailableBuffers)(IServerVirtualDeviceSet2 *self, uint32_t dwSize,
    uint32_t dwAlignment, uint32_t *pCount);
typedef int32_t (*IServerVirtualDeviceSet2_ExecuteCompletionAgent)(IServerVirtualDeviceSet2 *self);
typedef int32_t (*IServerVirtualDeviceSet2_OpenDevice)(IServerVirtualDeviceSet2 *self, const uint16_t *lpName,
    IServerVirtualDevice **ppVirtualDevice);
typedef int32_t (*IServerVirtualDeviceSet2_AllocateBuffer)(IServerVirtualDeviceSet2 *self, uint8_t **ppBuffer,
    uint32_t dwSize, uint32_t dwAlignment);
typedef int32_t (*IServerVirtualDeviceSet2_FreeBuffer)(IServerVirtualDeviceSet2 *self, uint8_t *pBuffer,
    uint32_t dwSize);
/* The result is a BOOL: 1 = shared, 0 = not. */
typedef int32_t (*IServerVirtualDeviceSet2_IsSharedBuffer)(IServerVirtualDeviceSet2 *self, uint8_t *pBuffer);
typedef int32_t (*IServerVirtualDeviceSet2_SignalAbort)(IServerVirtualDeviceSet2 *self);
typedef int32_t (*IServerVirtualDeviceSet2_Close)(IServerVirtualDeviceSet2 *self);

typedef struct IServerVirtualDeviceSet2Vtbl {
    IUnknown_QueryInterface QueryInterface;                                 /*  0 */
    IUnknown_AddRef AddRef;                                                 /*  1 */
    IUnknown_Release Release;                                               /*  2 */
    IServerVirtualDeviceSet2_Open Open;                                     /*  3 */
    IServerVirtualDeviceSet2_GetConfiguration GetConfiguration;             /*  4 */
    IServerVirtualDeviceSet2_BeginConfiguration BeginConfiguration;         /*  5 */
    IServerVirtualDeviceSet2_EndConfiguration EndConfiguration;             /*  6 */
    IServerVirtualDeviceSet2_RequestBuffers RequestBuffers;                 /*  7 */
    IServerVirtualDeviceSet2_QueryAvailableBuffers QueryAvailableBuffers;   /*  8 */
    IServerVirtualDeviceSet2_ExecuteCompletionAgent ExecuteCompletionAgent; /*  9 */
    IServerVirtualDeviceSet2_OpenDevice OpenDevice;                         /* 10 */
    IServerVirtualDeviceSet2_AllocateBuffer AllocateBuffer;                 /* 11 */
    IServerVirtualDeviceSet2_FreeBuffer FreeBuffer;                         /* 12 */
    IServerVirtualDeviceSet2_IsSharedBuffer IsSharedBuffer;                 /* 13 */
    IServerVirtualDeviceSet2_SignalAbort SignalAbort;                       /* 14 */
    IServerVirtualDeviceSet2_Close Close;                                   /* 15 */
} IServerVirtualDeviceSet2Vtbl;

struct IServerVirtualDeviceSet2 {
    const IServerVirtualDeviceSet2Vtbl *lpVtbl;
};

#endif
