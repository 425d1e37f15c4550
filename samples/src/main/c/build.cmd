@echo off
rem Builds sqlvdi.dll with Visual C++, from a prompt that has its environment (vcvars64.bat). Not tried yet: see docs/native.md.
rem
rem   build.cmd [FOLDER]     JAVA_HOME must be the folder of a JDK
setlocal
if not exist "%JAVA_HOME%\include\jni.h" (
    echo JAVA_HOME is "%JAVA_HOME%": expected the folder of a JDK, with include\jni.h 1>&2
    exit /b 1
)
set out=%~1
if "%out%"=="" set out=%~dp0..\..\..\target\native
if not exist "%out%" mkdir "%out%"
pushd "%out%"
cl /nologo /std:c11 /utf-8 /O2 /W3 /MT /D_CRT_SECURE_NO_WARNINGS /I"%JAVA_HOME%\include" /I"%JAVA_HOME%\include\win32" ^
    /LD "%~dp0com.c" "%~dp0host.c" "%~dp0windows.c" /Fe:sqlvdi.dll /link advapi32.lib
set code=%ERRORLEVEL%
del com.obj host.obj windows.obj 2> nul
popd
exit /b %code%
