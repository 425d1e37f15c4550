"""Executes the text on standard input by a driver of Python.

client.py DRIVER                              ends with 0 if the driver can be loaded
client.py DRIVER PORT USER PASSWORD drain     reads all results; prints the error and ends with 1 if there was one
client.py DRIVER PORT USER PASSWORD abandon   closes the connection after the first result, as many programs do
"""

import importlib
import os
import sys

FREETDS = "/usr/lib/x86_64-linux-gnu/odbc/libtdsodbc.so"


def connect(driver, name, port, user, password):
    if name == "pymssql":
        return driver.connect(server="127.0.0.1", port=port, user=user, password=password, autocommit=True)
    login = f"UID={user};PWD={password};"
    if name == "pyodbc":
        return driver.connect(
            f"DRIVER={FREETDS};SERVER=127.0.0.1;PORT={port};TDS_Version=7.4;{login}", autocommit=True)
    return driver.connect(
        f"SERVER=127.0.0.1,{port};Encrypt=yes;TrustServerCertificate=yes;{login}", autocommit=True)


def main():
    name = sys.argv[1]
    driver = importlib.import_module(name)
    if name == "pyodbc" and not os.path.exists(FREETDS):
        sys.exit(f"there is no {FREETDS} (Debian: tdsodbc)")
    if len(sys.argv) == 2:
        return
    port, user, password, mode = int(sys.argv[2]), sys.argv[3], sys.argv[4], sys.argv[5]
    text = sys.stdin.read()
    if name == "pymssql" and mode == "abandon":  # its cursors read everything; its lower layer does not
        connection = driver._mssql.connect(server="127.0.0.1", port=port, user=user, password=password)
        connection.execute_non_query(text)
        connection.close()
        return
    connection = connect(driver, name, port, user, password)
    try:
        cursor = connection.cursor()
        cursor.execute(text)
        while mode == "drain":
            if cursor.description:
                for row in cursor.fetchall():
                    print(*row, sep="|")
            if not cursor.nextset():
                break
    except driver.Error as error:
        sys.exit(f"error: {error}")
    finally:
        connection.close()


main()
