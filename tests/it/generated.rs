//! Generated files stand in the repository, for readers; they say what the code says.
use crate::repository::{keep_fresh, read};

#[test]
fn the_typescript_of_the_wire_is_generated_from_the_commands() {
    keep_fresh("ui/src/ipc/gen.ts", &hallway_core::rpc::typescript());
}

#[test]
fn the_schema_for_readers_is_generated_from_the_migrations() {
    keep_fresh("crates/hallway-core/schema.sql", &crate::schema::for_readers());
}

/// A list of commands that must be kept beside the code would be a second one.
#[test]
fn the_wire_names_every_command_once() {
    let wire = read("ui/src/ipc/gen.ts");
    for command in hallway_core::rpc::COMMANDS {
        assert_eq!(wire.matches(&format!("\"{command}\":")).count(), 1, "{command}");
    }
}
