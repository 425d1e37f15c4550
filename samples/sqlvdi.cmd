@echo off
rem Starts the sqlvdi command line. Builds it first when it was never built.
rem
rem   SQLVDI_JAVA_HOME   the JDK to use; otherwise JAVA_HOME, then java on the PATH
rem   SQLVDI_JAVA_OPTS   options for the JVM, separated by spaces
setlocal
set "root=%~dp0.."
set "jar=%~dp0target\sqlvdi.jar"
set "oldest_java=22"
set "java=java"
set "home="
if defined JAVA_HOME set "home=%JAVA_HOME%"
if defined SQLVDI_JAVA_HOME set "home=%SQLVDI_JAVA_HOME%"
if defined home set "java=%home%\bin\java.exe"
if defined home if not exist "%java%" (
    echo sqlvdi: there is no "%java%". Set SQLVDI_JAVA_HOME to the folder of a JDK %oldest_java% or later. 1>&2
    exit /b 1
)
if not defined home for %%j in (java.exe) do set "home=%%~dp$PATH:j.."
rem The version stands in a file beside bin. Where there is none, Java itself says what it cannot run. The variable is
rem never empty where it is compared: Windows reads a line as a whole, and would refuse it even if it is not run.
set "version=%oldest_java%"
if exist "%home%\release" for /f "usebackq tokens=1,2 delims==." %%a in ("%home%\release") do (
    if "%%a"=="JAVA_VERSION" set "version=%%b"
)
set "version=%version:"=%"
if not defined version set "version=%oldest_java%"
if %version% LSS %oldest_java% (
    echo sqlvdi: "%home%" is a Java %version%. Set SQLVDI_JAVA_HOME to the folder of a JDK %oldest_java% or later. 1>&2
    exit /b 1
)
if exist "%jar%" goto run
call mvn -q -B -DskipTests -f "%root%\pom.xml" -pl samples -am package
if errorlevel 1 (
    echo sqlvdi: the command line must be built once, and Maven did not build it. Its output is above. 1>&2
    exit /b 1
)
:run
rem Output is UTF-8, also where a console shows it; its own code page comes back afterwards.
set "page="
for /f "tokens=2 delims=:." %%p in ('chcp') do set "page=%%p"
if defined page chcp 65001 > nul
"%java%" -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 %SQLVDI_JAVA_OPTS% -jar "%jar%" %*
set "code=%errorlevel%"
if defined page chcp %page% > nul
exit /b %code%
