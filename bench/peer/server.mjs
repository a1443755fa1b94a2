// The peer: @neo4j/graphql behind Apollo Server, as its documentation sets it up, with the same bearer token asked for.
// Reads NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE, TYPE_DEFINITIONS (a file), TOKEN and PORT.
import { readFileSync } from "node:fs";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Neo4jGraphQL } from "@neo4j/graphql";
import { GraphQLError } from "graphql";
import neo4j from "neo4j-driver";

const { NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE, TYPE_DEFINITIONS, TOKEN, PORT } = process.env;
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USERNAME, NEO4J_PASSWORD));
const library = new Neo4jGraphQL({
  typeDefs: readFileSync(TYPE_DEFINITIONS, "utf8"),
  driver,
  features: { filters: { String: { GTE: true } } },
});
const server = new ApolloServer({ schema: await library.getSchema(), introspection: false });
const expected = `Bearer ${TOKEN}`;
await startStandaloneServer(server, {
  listen: { host: "127.0.0.1", port: Number(PORT) },
  context: async ({ req }) => {
    if (req.headers.authorization !== expected) {
      throw new GraphQLError("Send the token.", { extensions: { code: "UNAUTHENTICATED", http: { status: 401 } } });
    }
    return { sessionConfig: { database: NEO4J_DATABASE, defaultAccessMode: neo4j.session.READ } };
  },
});
process.on("SIGTERM", () => process.exit(0));
