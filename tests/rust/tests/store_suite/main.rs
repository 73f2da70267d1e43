//! One suite that holds every store to what `carekey::store::Store` promises.
//!
//! A new store joins with one line at the end of this file. The tests of the
//! suite take any store, share it, and keep apart by using an agency of their
//! own.

mod finding;
mod isolation;
mod model;
mod postgres;
mod races;
mod rows;
mod serial;
mod sqlite;
mod totals;
mod values;
mod writing;

use std::any::Any;

use carekey::store::{MemoryStore, SqliteStore, Store};
use carekey_tests::postgres::Schema;

/// A new, empty store, and what it lives in, if anything.
type Fresh = (Box<dyn Store>, Box<dyn Any>);

fn memory_store() -> Fresh {
    (Box::new(MemoryStore::new()), Box::new(()))
}

fn postgres_store() -> Fresh {
    let schema = Schema::new();
    (Box::new(schema.store()), Box::new(schema))
}

fn sqlite_store() -> Fresh {
    let folder = tempfile::tempdir().expect("a folder");
    (Box::new(SqliteStore::open(&folder.path().join("agency.db")).expect("a new store")), Box::new(folder))
}

macro_rules! suite {
    ($(#[$meta:meta])* $name:ident, $make:path) => {
        mod $name {
            suite! { @each $(#[$meta])* $make;
                finding::by_exact_value,
                finding::by_one_of_many_values,
                finding::by_none_of_these_values,
                finding::by_what_other_rows_have,
                finding::by_typed_queries,
                finding::by_two_thousand_values_and_a_page,
                finding::by_more_values_than_can_be_bound,
                finding::by_range,
                finding::by_text_within,
                finding::by_word,
                finding::by_null,
                finding::all_and_any_together,
                finding::sorted_with_nulls_first_and_ties_by_id,
                finding::sorted_byte_by_byte,
                finding::in_pages,
                finding::counted_without_paging,
                finding::several_selects_at_once,
                finding::nothing_fits_a_value_of_another_type,
                finding::columns_that_are_not_there_are_refused, finding::some_columns_alone,
                values::extremes_come_back_as_they_went_in,
                values::sql_and_odd_characters_are_plain_text,
                values::rows_that_do_not_fit_the_table_are_refused,
                writing::nothing_at_all,
                writing::inserting_a_key_twice,
                writing::unique_within_the_agency_only,
                writing::unique_over_several_columns,
                writing::nulls_are_never_taken,
                writing::an_update_needs_the_revision_before,
                writing::a_delete_needs_the_revision,
                writing::updating_or_deleting_what_is_not_there,
                writing::an_update_may_take_a_free_unique_value_only,
                writing::a_failing_last_write_leaves_nothing,
                writing::writes_of_a_commit_see_each_other_in_order,
                writing::a_guard_needs_the_revision,
                writing::guards_hold_against_what_was_there_before,
                writing::thousands_of_guards_in_one_commit,
                writing::what_follows_is_made_of_the_row_as_it_is_then,
                writing::what_follows_leaves_nothing_where_it_fails,
                writing::inserts_of_many_tables_in_one_commit,
                writing::a_conflict_names_the_table,
                writing::ten_thousand_rows_in_one_commit,
                isolation::an_agency_sees_its_own_rows_only,
                isolation::all_agencies_are_listed_but_nothing_else_of_them,
                races::one_of_many_updates_wins,
                races::one_of_many_inserts_wins,
                races::no_increment_is_lost,
                races::no_two_commits_rest_on_what_the_other_changes,
                races::nothing_rests_on_what_has_changed,
                races::all_that_follow_have_their_turn,
                races::readers_never_see_half_a_commit,
                serial::the_store_counts_whatever_the_row_says,
                serial::pages_by_number_go_both_ways,
                serial::a_follower_sees_every_row_once,
                values::what_is_looked_through_is_what_is_found,
                totals::pages_from_the_end_that_is_nearer,
                totals::all_that_come_and_go_are_counted,
                totals::many_are_counted_at_once,
                totals::whoever_counts_anew_beside_writers_finds_nothing_wrong,
                model::agrees_with_the_model,
            }
        }
    };
    (@each $(#[$meta:meta])* $make:path; $($part:ident::$test:ident),+ $(,)?) => {
        suite! { @one [$(#[$meta])*] $make; $($part::$test),+ }
    };
    (@one $metas:tt $make:path; $($part:ident::$test:ident),+) => { $(
        suite! { @test $metas $make; $part::$test }
    )+ };
    (@test [$(#[$meta:meta])*] $make:path; $part:ident::$test:ident) => {
        #[test]
        $(#[$meta])*
        fn $test() {
            let (store, _home) = $make();
            crate::$part::$test(&*store);
        }
    };
}

suite!(on_memory, crate::memory_store);
suite!(on_sqlite, crate::sqlite_store);
suite!(
    #[ignore = "needs a PostgreSQL server"]
    on_postgres,
    crate::postgres_store
);
