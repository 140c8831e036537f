-- Spreads the tables of a house over a Citus cluster. Run once on the coordinator, in the house's database, after the first start has made
-- the tables and before there is much in them:  psql -v ON_ERROR_STOP=1 -f citus.sql DATABASE
--
-- Every large table is distributed by partition_id and lies together with the others, so that a customer's rows are on one shard. Tables of
-- a few rows about the whole house stay on the coordinator, to which the nodes connect; journal_head there gives the commits their order.
-- Colocation is fixed for ever: 64 shards serve up to 64 workers, and 1,024 partitions spread evenly over them.

CREATE EXTENSION IF NOT EXISTS citus;
SET citus.shard_count = 64;

DROP VIEW entry;
SELECT create_distributed_table('journal', 'partition_id');
SELECT create_distributed_table('account', 'partition_id', colocate_with => 'journal');
SELECT create_distributed_table('snapshot', 'partition_id', colocate_with => 'journal');
SELECT create_distributed_table('fork_clock', 'partition_id', colocate_with => 'journal');
SELECT create_distributed_table('ledger_day', 'partition_id', colocate_with => 'journal');
SELECT create_distributed_table('outbox', 'partition_id', colocate_with => 'journal');
SELECT create_distributed_table('proposal', 'partition_id', colocate_with => 'journal');
SELECT create_distributed_table(part, 'partition_id', colocate_with => 'journal')
FROM (VALUES (to_regclass('transfer')), (to_regclass('transfer_step')), (to_regclass('settlement_break')),
    (to_regclass('notice')), (to_regclass('reminder')), (to_regclass('message')), (to_regclass('contact_ask')),
    (to_regclass('contact_day')), (to_regclass('notice_wish')), (to_regclass('person')), (to_regclass('person_field')),
    (to_regclass('person_hash')), (to_regclass('person_plain')), (to_regclass('person_card')),
    (to_regclass('person_device')), (to_regclass('person_consent')), (to_regclass('person_look')), (to_regclass('person_erasure')),
    (to_regclass('person_restriction')), (to_regclass('privacy_request')),
    (to_regclass('ticket')), (to_regclass('ticket_step')),
    (to_regclass('ticket_clock')), (to_regclass('identity_attempt')), (to_regclass('identity_lock')),
    (to_regclass('identity_pass')), (to_regclass('entitlement')), (to_regclass('use_fault')), (to_regclass('use_day')),
    (to_regclass('checkout_attempt')), (to_regclass('lender_receipt')), (to_regclass('lender_account')), (to_regclass('lender_book')), (to_regclass('lender_line')),
    (to_regclass('same_person')), (to_regclass('certificate')), (to_regclass('certificate_file')),
    (to_regclass('ticket_file')), (to_regclass('auto_debit')), (to_regclass('mandate')), (to_regclass('pay_request')),
    (to_regclass('closing_step')), (to_regclass('benefit')), (to_regclass('leave_case')), (to_regclass('leave_signal')),
    (to_regclass('closing_wish'))) AS known (part)
WHERE part IS NOT NULL;
SELECT create_distributed_table(door, 'partition_id', colocate_with => 'journal')
FROM (VALUES (to_regclass('door_pin')), (to_regclass('door_session')), (to_regclass('door_key')), (to_regclass('door_challenge')),
    (to_regclass('door_code')), (to_regclass('door_recovery'))) AS known (door)
WHERE door IS NOT NULL;
SELECT create_distributed_table(spent, 'partition_id', colocate_with => 'journal')
FROM (VALUES (to_regclass('spend_purchase')), (to_regclass('spend_line')), (to_regclass('spend_account')),
    (to_regclass('progress_closure')), (to_regclass('progress_rule')), (to_regclass('progress_step')),
    (to_regclass('budget')), (to_regclass('spend_import')), (to_regclass('progress_tally'))) AS known (spent)
WHERE spent IS NOT NULL;
CREATE VIEW entry AS SELECT partition_id, account_id, sequence, key_hash, position FROM journal WHERE partition_id >= 0;
