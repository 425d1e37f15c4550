package io.github.sqlvdi.conformance;

/** IServerVirtualDeviceSet, the interface of SQL Server 7.0, driven by values. */
interface LegacyServerHalf extends ServerHalf {

    int open(String name);

    int setConfiguration(RawConfig config);
}
