"""The embedded engine: a real Neo4j Community server as a child process, shared by all processes of a data folder.

lock        which jars make the server, with their sums
jars        their download and verification
folder      what lies where in a data folder
java        how the server and its tools are called and configured
supervisor  the process that owns one server for as long as a client holds it
client      start a server or join the running one
admin       Neo4j's own tools while no server runs
failures    what hinders a start, in one sentence each
"""
