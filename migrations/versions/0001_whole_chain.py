"""The whole chain: organisations, people, catalog, diagnostics, profiles, routes, support, monitoring, journal.

The first schema; there are no rows to move. The journal refuses UPDATE and DELETE by triggers on both databases.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SQLITE_TRIGGER = (
    "CREATE TRIGGER audit_entries_no_{verb} BEFORE {verb} ON audit_entries BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
)
POSTGRESQL_FUNCTION = """
CREATE FUNCTION audit_entries_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the journal is append-only'; END;
$$ LANGUAGE plpgsql
"""
POSTGRESQL_TRIGGER = (
    "CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse()"
)


def upgrade() -> None:
    op.create_table(
        "competency_frameworks",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency_frameworks")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_competency_frameworks_code_version")),
    )
    op.create_table(
        "indicators",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("numerator", sa.Text(), nullable=False),
        sa.Column("denominator", sa.Text(), nullable=False),
        sa.Column("population", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("assumption", sa.Text(), nullable=False),
        sa.Column("document", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicators")),
        sa.UniqueConstraint("code", name=op.f("uq_indicators_code")),
    )
    op.create_table(
        "rate_counters",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("window_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_rate_counters_count_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_counters")),
        sa.UniqueConstraint("key", "window_start", name=op.f("uq_rate_counters_key_window_start")),
    )
    op.create_table(
        "regions",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column(
            "approval_chain",
            sa.Enum(
                "tutor_head_order", "tutor_center", "tutor", name="approvalchain", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("min_group_size", sa.Integer(), nullable=False),
        sa.Column("tutor_days", sa.Integer(), nullable=False),
        sa.Column("head_days", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("min_group_size >= 2", name=op.f("ck_regions_min_group_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regions")),
        sa.UniqueConstraint("code", name=op.f("uq_regions_code")),
    )
    op.create_table(
        "subjects",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("aliases", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subjects")),
        sa.UniqueConstraint("code", name=op.f("uq_subjects_code")),
        sa.UniqueConstraint("title", name=op.f("uq_subjects_title")),
    )
    op.create_table(
        "competencies",
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column(
            "level",
            sa.Enum("block", "competency", "component", name="competencylevel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column(
            "applies_to",
            sa.Enum("teacher", "manager", "both", name="appliesto", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(level = 'block') = (parent_id IS NULL)", name=op.f("ck_competencies_only_blocks_are_roots")),
        sa.CheckConstraint("weight > 0", name=op.f("ck_competencies_weight_positive")),
        sa.ForeignKeyConstraint(["framework_id"], ["competency_frameworks.id"], name=op.f("fk_competencies_framework_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["competencies.id"], name=op.f("fk_competencies_parent_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["subjects.id"], name=op.f("fk_competencies_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competencies")),
        sa.UniqueConstraint("framework_id", "code", name=op.f("uq_competencies_framework_id_code")),
    )
    op.create_index(op.f("ix_competencies_parent_id"), "competencies", ["parent_id"], unique=False)
    op.create_table(
        "diagnostics",
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "method",
            sa.Enum("self", "external", "mixed", name="diagnosticmethod", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum("draft", "active", "retired", name="instrumentstatus", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("kappa", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("longest", sa.Integer(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kappa > 0 AND kappa < 100", name=op.f("ck_diagnostics_kappa_per_cent")),
        sa.ForeignKeyConstraint(["framework_id"], ["competency_frameworks.id"], name=op.f("fk_diagnostics_framework_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnostics")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_diagnostics_code_version")),
    )
    op.create_table(
        "indicator_targets",
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.Double(), nullable=False),
        sa.Column("target_date", sa.Date(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicators.id"], name=op.f("fk_indicator_targets_indicator_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_indicator_targets_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_targets")),
        sa.UniqueConstraint(
            "region_id", "indicator_id", "target_date", name=op.f("uq_indicator_targets_region_id_indicator_id_target_date")
        ),
    )
    op.create_index(op.f("ix_indicator_targets_region_id"), "indicator_targets", ["region_id"], unique=False)
    op.create_table(
        "municipalities",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_municipalities_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipalities")),
        sa.UniqueConstraint("region_id", "code", name=op.f("uq_municipalities_region_id_code")),
    )
    op.create_index(op.f("ix_municipalities_region_id"), "municipalities", ["region_id"], unique=False)
    op.create_table(
        "people",
        sa.Column("last_name", sa.String(length=100), nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("middle_name", sa.String(length=100), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_people_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_index(op.f("ix_people_last_name"), "people", ["last_name"], unique=False)
    op.create_index(op.f("ix_people_region_id"), "people", ["region_id"], unique=False)
    op.create_table(
        "providers",
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("region_name", sa.String(length=200), nullable=False),
        sa.Column(
            "ownership",
            sa.Enum(
                "state",
                "municipal",
                "state_founded",
                "special_territory",
                "sports_federation",
                "private",
                "unknown",
                name="ownership",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_providers_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_providers")),
        sa.UniqueConstraint("name", name=op.f("uq_providers_name")),
    )
    op.create_index(op.f("ix_providers_region_id"), "providers", ["region_id"], unique=False)
    op.create_table(
        "accounts",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("totp_secret", sa.String(length=64), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=True),
        sa.Column("last_sign_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_accounts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("login", name=op.f("uq_accounts_login")),
        sa.UniqueConstraint("person_id", name=op.f("uq_accounts_person_id")),
    )
    op.create_table(
        "audit_entries",
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("session_hash", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("object_type", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum("done", "refused", "failed", name="outcome", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("request_id", sa.String(length=36), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_audit_entries_actor_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_audit_entries_region_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["people.id"], name=op.f("fk_audit_entries_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_entries_hash")),
    )
    op.create_index(op.f("ix_audit_entries_action"), "audit_entries", ["action"], unique=False)
    op.create_index("ix_audit_entries_actor", "audit_entries", ["actor_id", "at"], unique=False)
    op.create_index(op.f("ix_audit_entries_at"), "audit_entries", ["at"], unique=False)
    op.create_index("ix_audit_entries_object", "audit_entries", ["object_type", "object_id"], unique=False)
    op.create_index(op.f("ix_audit_entries_region_id"), "audit_entries", ["region_id"], unique=False)
    op.create_index("ix_audit_entries_subject", "audit_entries", ["subject_id", "at"], unique=False)
    op.create_table(
        "authorities",
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column(
            "level",
            sa.Enum("region", "municipality", name="authoritylevel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=op.f("fk_authorities_municipality_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_authorities_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorities")),
    )
    op.create_index(op.f("ix_authorities_region_id"), "authorities", ["region_id"], unique=False)
    op.create_table(
        "consents",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("personal_data", "diagnostics", "mentoring", name="consentkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("given", "declined", "withdrawn", name="consentstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("text_version", sa.String(length=20), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_consents_person_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_consents_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_person_kind", "consents", ["person_id", "kind", "decided_at"], unique=False)
    op.create_index(op.f("ix_consents_region_id"), "consents", ["region_id"], unique=False)
    op.create_table(
        "diagnostic_campaigns",
        sa.Column("diagnostic_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("draft", "open", "closed", name="campaignstatus", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_diagnostic_campaigns_dates_in_order")),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_diagnostic_campaigns_created_by_id")),
        sa.ForeignKeyConstraint(["diagnostic_id"], ["diagnostics.id"], name=op.f("fk_diagnostic_campaigns_diagnostic_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_diagnostic_campaigns_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnostic_campaigns")),
    )
    op.create_index(op.f("ix_diagnostic_campaigns_region_id"), "diagnostic_campaigns", ["region_id"], unique=False)
    op.create_table(
        "diagnostic_items",
        sa.Column("diagnostic_id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "item_type",
            sa.Enum(
                "self_statement",
                "single_choice",
                "multiple_choice",
                "matching",
                "ordering",
                "short_answer",
                "case_choice",
                "case_open",
                "work_check",
                "artifact",
                name="itemtype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum("draft", "on_review", "active", "retired", name="itemstatus", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "applies_to",
            sa.Enum("teacher", "manager", "both", name="appliesto", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("stem", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("example", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("key", sa.JSON(), nullable=True),
        sa.Column("difficulty", sa.Integer(), nullable=False),
        sa.Column("max_category", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("difficulty BETWEEN 1 AND 3", name=op.f("ck_diagnostic_items_difficulty_range")),
        sa.CheckConstraint("max_category >= 1", name=op.f("ck_diagnostic_items_max_category_positive")),
        sa.ForeignKeyConstraint(["competency_id"], ["competencies.id"], name=op.f("fk_diagnostic_items_competency_id")),
        sa.ForeignKeyConstraint(["diagnostic_id"], ["diagnostics.id"], name=op.f("fk_diagnostic_items_diagnostic_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["subjects.id"], name=op.f("fk_diagnostic_items_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnostic_items")),
        sa.UniqueConstraint("diagnostic_id", "code", name=op.f("uq_diagnostic_items_diagnostic_id_code")),
    )
    op.create_index(op.f("ix_diagnostic_items_diagnostic_id"), "diagnostic_items", ["diagnostic_id"], unique=False)
    op.create_table(
        "employees",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column(
            "category",
            sa.Enum("teacher", "manager", name="employeecategory", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("experience_start_date", sa.Date(), nullable=True),
        sa.Column(
            "qualification_category",
            sa.Enum(
                "none",
                "first",
                "highest",
                "methodist",
                "mentor",
                name="qualificationcategory",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("category_assigned_on", sa.Date(), nullable=True),
        sa.Column("education", sa.String(length=300), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_employees_person_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_employees_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employees")),
        sa.UniqueConstraint("person_id", name=op.f("uq_employees_person_id")),
        sa.UniqueConstraint("region_id", "code", name=op.f("uq_employees_region_id_code")),
    )
    op.create_index(op.f("ix_employees_region_id"), "employees", ["region_id"], unique=False)
    op.create_table(
        "indicator_values",
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("numerator", sa.Double(), nullable=False),
        sa.Column("denominator", sa.Double(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("rows_hash", sa.String(length=64), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by_id", sa.Integer(), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("denominator >= 0", name=op.f("ck_indicator_values_denominator_not_negative")),
        sa.ForeignKeyConstraint(["frozen_by_id"], ["people.id"], name=op.f("fk_indicator_values_frozen_by_id")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicators.id"], name=op.f("fk_indicator_values_indicator_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=op.f("fk_indicator_values_municipality_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_indicator_values_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_values")),
        sa.UniqueConstraint(
            "region_id",
            "indicator_id",
            "as_of",
            "municipality_id",
            name=op.f("uq_indicator_values_region_id_indicator_id_as_of_municipality_id"),
        ),
    )
    op.create_index(op.f("ix_indicator_values_region_id"), "indicator_values", ["region_id"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued", "running", "done", "failed", "cancelled", name="jobstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("effect_key", sa.String(length=120), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("progress >= 0 AND progress <= total", name=op.f("ck_jobs_progress_within_total")),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_jobs_created_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_jobs_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("effect_key", name=op.f("uq_jobs_effect_key")),
    )
    op.create_index(op.f("ix_jobs_region_id"), "jobs", ["region_id"], unique=False)
    op.create_index(op.f("ix_jobs_state"), "jobs", ["state"], unique=False)
    op.create_table(
        "method_centers",
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("cnppm", "municipal", name="methodcenterkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=op.f("fk_method_centers_municipality_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_method_centers_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_method_centers")),
    )
    op.create_index(op.f("ix_method_centers_region_id"), "method_centers", ["region_id"], unique=False)
    op.create_table(
        "offerings",
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "program",
                "internship",
                "mentoring",
                "event",
                "resource",
                "self_study",
                name="offeringkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "program_type",
            sa.Enum("upskilling", "retraining", name="programtype", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("title", sa.String(length=600), nullable=False),
        sa.Column("annotation", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(length=500), nullable=False),
        sa.Column("subject_text", sa.String(length=300), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=True),
        sa.Column("region_name", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column(
            "hours_basis",
            sa.Enum("known", "several", "estimated", name="hoursbasis", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("planning_hours", sa.Integer(), nullable=False),
        sa.Column(
            "delivery_form",
            sa.Enum("onsite", "online", "blended", "unknown", name="deliveryform", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "funding",
            sa.Enum("budget", "paid", "unknown", name="funding", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("price", sa.Integer(), nullable=True),
        sa.Column("date_text", sa.String(length=200), nullable=False),
        sa.Column("result_document", sa.String(length=500), nullable=False),
        sa.Column(
            "registry_kind",
            sa.Enum("none", "federal", "regional", name="registry", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("registry_number", sa.String(length=60), nullable=False),
        sa.Column("registry_valid_until", sa.Date(), nullable=True),
        sa.Column("source_url", sa.String(length=1000), nullable=False),
        sa.Column("source_year", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(hours_basis = 'estimated') = (hours IS NULL)", name=op.f("ck_offerings_hours_or_estimate")),
        sa.CheckConstraint("(kind = 'program') = (program_type IS NOT NULL)", name=op.f("ck_offerings_programs_have_type")),
        sa.CheckConstraint("hours IS NULL OR hours > 0", name=op.f("ck_offerings_hours_positive")),
        sa.CheckConstraint("planning_hours > 0", name=op.f("ck_offerings_planning_hours_positive")),
        sa.CheckConstraint("price IS NULL OR price >= 0", name=op.f("ck_offerings_price_not_negative")),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"], name=op.f("fk_offerings_provider_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_offerings_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offerings")),
        sa.UniqueConstraint("code", name=op.f("uq_offerings_code")),
    )
    op.create_index("ix_offerings_kind_active", "offerings", ["kind", "is_active"], unique=False)
    op.create_index(op.f("ix_offerings_provider_id"), "offerings", ["provider_id"], unique=False)
    op.create_index(op.f("ix_offerings_region_id"), "offerings", ["region_id"], unique=False)
    op.create_table(
        "one_time_keys",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("location", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_one_time_keys_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_keys")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_one_time_keys_person_id_key")),
    )
    op.create_table(
        "schools",
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("short_name", sa.String(length=100), nullable=False),
        sa.Column("is_rural", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=op.f("fk_schools_municipality_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_schools_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schools")),
        sa.UniqueConstraint("region_id", "code", name=op.f("uq_schools_region_id_code")),
    )
    op.create_index(op.f("ix_schools_municipality_id"), "schools", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_schools_region_id"), "schools", ["region_id"], unique=False)
    op.create_table(
        "sharings",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "part", sa.Enum("profile", "answers", name="sharedpart", native_enum=False, create_constraint=True, length=40), nullable=False
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sharings_person_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_sharings_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharings")),
        sa.UniqueConstraint("person_id", "part", "started_at", name=op.f("uq_sharings_person_id_part_started_at")),
    )
    op.create_index(op.f("ix_sharings_region_id"), "sharings", ["region_id"], unique=False)
    op.create_index(
        "uq_sharings_one_open",
        "sharings",
        ["person_id", "part"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "stored_files",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("mime", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_stored_files_size_positive")),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_stored_files_owner_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_stored_files_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_files")),
        sa.UniqueConstraint("key", name=op.f("uq_stored_files_key")),
    )
    op.create_index(op.f("ix_stored_files_owner_id"), "stored_files", ["owner_id"], unique=False)
    op.create_index(op.f("ix_stored_files_region_id"), "stored_files", ["region_id"], unique=False)
    op.create_table(
        "consultations",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("tutor_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.String(length=1000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employees.id"], name=op.f("fk_consultations_employee_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_consultations_region_id")),
        sa.ForeignKeyConstraint(["tutor_id"], ["people.id"], name=op.f("fk_consultations_tutor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
    )
    op.create_index(op.f("ix_consultations_employee_id"), "consultations", ["employee_id"], unique=False)
    op.create_index(op.f("ix_consultations_region_id"), "consultations", ["region_id"], unique=False)
    op.create_index(op.f("ix_consultations_tutor_id"), "consultations", ["tutor_id"], unique=False)
    op.create_table(
        "diagnostic_attempts",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("diagnostic_id", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column(
            "method",
            sa.Enum("self", "external", "mixed", name="diagnosticmethod", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum("entry", "current", "repeat", name="attemptstage", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "source", sa.Enum("own", "imported", name="resultsource", native_enum=False, create_constraint=True, length=40), nullable=False
        ),
        sa.Column("source_name", sa.String(length=200), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "started", "finished", "scored", "annulled", name="attemptstatus", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(source = 'own') = (diagnostic_id IS NOT NULL)", name=op.f("ck_diagnostic_attempts_own_attempts_have_instrument")
        ),
        sa.CheckConstraint("(status = 'started') = (finished_at IS NULL)", name=op.f("ck_diagnostic_attempts_finished_when_not_started")),
        sa.ForeignKeyConstraint(["campaign_id"], ["diagnostic_campaigns.id"], name=op.f("fk_diagnostic_attempts_campaign_id")),
        sa.ForeignKeyConstraint(["diagnostic_id"], ["diagnostics.id"], name=op.f("fk_diagnostic_attempts_diagnostic_id")),
        sa.ForeignKeyConstraint(["employee_id"], ["employees.id"], name=op.f("fk_diagnostic_attempts_employee_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_diagnostic_attempts_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnostic_attempts")),
    )
    op.create_index(op.f("ix_diagnostic_attempts_campaign_id"), "diagnostic_attempts", ["campaign_id"], unique=False)
    op.create_index("ix_diagnostic_attempts_employee", "diagnostic_attempts", ["employee_id", "status"], unique=False)
    op.create_index(op.f("ix_diagnostic_attempts_region_id"), "diagnostic_attempts", ["region_id"], unique=False)
    op.create_index("ix_diagnostic_attempts_scored", "diagnostic_attempts", ["region_id", "status", "scored_at"], unique=False)
    op.create_index(
        "uq_diagnostic_attempts_one_open",
        "diagnostic_attempts",
        ["employee_id", "diagnostic_id"],
        unique=True,
        sqlite_where=sa.text("status = 'started'"),
        postgresql_where=sa.text("status = 'started'"),
    )
    op.create_table(
        "employee_subjects",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employees.id"], name=op.f("fk_employee_subjects_employee_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["subjects.id"], name=op.f("fk_employee_subjects_subject_id")),
        sa.PrimaryKeyConstraint("employee_id", "subject_id", name=op.f("pk_employee_subjects")),
    )
    op.create_table(
        "employments",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(length=200), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_employments_dates_in_order")),
        sa.ForeignKeyConstraint(["employee_id"], ["employees.id"], name=op.f("fk_employments_employee_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_employments_region_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_employments_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employments")),
    )
    op.create_index(op.f("ix_employments_employee_id"), "employments", ["employee_id"], unique=False)
    op.create_index(op.f("ix_employments_region_id"), "employments", ["region_id"], unique=False)
    op.create_index("ix_employments_school_open", "employments", ["school_id", "ends_on"], unique=False)
    op.create_index(
        "uq_employments_one_main_open",
        "employments",
        ["employee_id"],
        unique=True,
        sqlite_where=sa.text("is_main AND ends_on IS NULL"),
        postgresql_where=sa.text("is_main AND ends_on IS NULL"),
    )
    op.create_table(
        "import_batches",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum("checked", "confirmed", "cancelled", name="importstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("verdicts", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_import_batches_author_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_import_batches_region_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_import_batches_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batches")),
    )
    op.create_index(op.f("ix_import_batches_author_id"), "import_batches", ["author_id"], unique=False)
    op.create_index(op.f("ix_import_batches_region_id"), "import_batches", ["region_id"], unique=False)
    op.create_table(
        "methodist_assignments",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("methodist_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("assigned_by_id", sa.Integer(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_methodist_assignments_dates_in_order")),
        sa.ForeignKeyConstraint(["assigned_by_id"], ["people.id"], name=op.f("fk_methodist_assignments_assigned_by_id")),
        sa.ForeignKeyConstraint(["employee_id"], ["employees.id"], name=op.f("fk_methodist_assignments_employee_id")),
        sa.ForeignKeyConstraint(["methodist_id"], ["people.id"], name=op.f("fk_methodist_assignments_methodist_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_methodist_assignments_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_methodist_assignments")),
    )
    op.create_index("ix_methodist_assignments_methodist", "methodist_assignments", ["methodist_id", "ends_on"], unique=False)
    op.create_index(op.f("ix_methodist_assignments_region_id"), "methodist_assignments", ["region_id"], unique=False)
    op.create_index(
        "uq_methodist_assignments_one_open",
        "methodist_assignments",
        ["employee_id"],
        unique=True,
        sqlite_where=sa.text("ends_on IS NULL"),
        postgresql_where=sa.text("ends_on IS NULL"),
    )
    op.create_table(
        "offering_competencies",
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.Column(
            "strength",
            sa.Enum("main", "partial", name="linkstrength", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "origin",
            sa.Enum("expert", "text", "measured", name="linkorigin", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("proposed", "confirmed", "rejected", name="linkstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("probability", sa.Double(), nullable=True),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("matched_words", sa.String(length=500), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "probability IS NULL OR (probability >= 0 AND probability <= 1)", name=op.f("ck_offering_competencies_probability_share")
        ),
        sa.ForeignKeyConstraint(["competency_id"], ["competencies.id"], name=op.f("fk_offering_competencies_competency_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_offering_competencies_decided_by_id")),
        sa.ForeignKeyConstraint(["offering_id"], ["offerings.id"], name=op.f("fk_offering_competencies_offering_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offering_competencies")),
        sa.UniqueConstraint("offering_id", "competency_id", name=op.f("uq_offering_competencies_offering_id_competency_id")),
    )
    op.create_index("ix_offering_competencies_competency", "offering_competencies", ["competency_id", "state"], unique=False)
    op.create_table(
        "offering_hours",
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("hours > 0", name=op.f("ck_offering_hours_hours_positive")),
        sa.ForeignKeyConstraint(["offering_id"], ["offerings.id"], name=op.f("fk_offering_hours_offering_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offering_hours")),
        sa.UniqueConstraint("offering_id", "hours", name=op.f("uq_offering_hours_offering_id_hours")),
    )
    op.create_table(
        "offering_runs",
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("enrol_until", sa.Date(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_offering_runs_dates_in_order")),
        sa.CheckConstraint("seats IS NULL OR seats >= 0", name=op.f("ck_offering_runs_seats_not_negative")),
        sa.ForeignKeyConstraint(["offering_id"], ["offerings.id"], name=op.f("fk_offering_runs_offering_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offering_runs")),
    )
    op.create_index(op.f("ix_offering_runs_offering_id"), "offering_runs", ["offering_id"], unique=False)
    op.create_table(
        "one_time_codes",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "first_admin", "invitation", "printed", "reset", name="codepurpose", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("code_hash", sa.String(length=200), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_one_time_codes_account_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_one_time_codes_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_one_time_codes_code_hash")),
    )
    op.create_index(op.f("ix_one_time_codes_account_id"), "one_time_codes", ["account_id"], unique=False)
    op.create_table(
        "orders",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issued_by_id"], ["people.id"], name=op.f("fk_orders_issued_by_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_orders_region_id")),
        sa.ForeignKeyConstraint(["scan_id"], ["stored_files.id"], name=op.f("fk_orders_scan_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_orders_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("school_id", "number", "year", name=op.f("uq_orders_school_id_number_year")),
    )
    op.create_index(op.f("ix_orders_region_id"), "orders", ["region_id"], unique=False)
    op.create_table(
        "personal_requests",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employees.id"], name=op.f("fk_personal_requests_employee_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_personal_requests_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_requests")),
    )
    op.create_index("ix_personal_requests_employee", "personal_requests", ["employee_id", "created_at"], unique=False)
    op.create_index(op.f("ix_personal_requests_region_id"), "personal_requests", ["region_id"], unique=False)
    op.create_table(
        "profile_entries",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.Column("rests_on", sa.JSON(), nullable=False),
        sa.Column("measured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "basis",
            sa.Enum("objective", "self", "imported", name="basis", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("n_answers", sa.Integer(), nullable=False),
        sa.Column("t", sa.Double(), nullable=True),
        sa.Column("se", sa.Double(), nullable=True),
        sa.Column("level", sa.Double(), nullable=False),
        sa.Column("level_se", sa.Double(), nullable=False),
        sa.Column("low", sa.Double(), nullable=False),
        sa.Column("high", sa.Double(), nullable=False),
        sa.Column("p_below", sa.Double(), nullable=False),
        sa.Column("severity", sa.Double(), nullable=False),
        sa.Column("kappa", sa.Double(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "insufficient",
                "deficit",
                "probable",
                "open",
                "none",
                "claimed",
                "unclaimed",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("self_level", sa.Double(), nullable=True),
        sa.Column("gap", sa.Double(), nullable=True),
        sa.Column("raw_percent", sa.Double(), nullable=True),
        sa.Column("model_version", sa.String(length=40), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("level >= 0 AND level <= 100 AND low <= high", name=op.f("ck_profile_entries_level_per_cent")),
        sa.CheckConstraint("p_below >= 0 AND p_below <= 1", name=op.f("ck_profile_entries_p_below_share")),
        sa.CheckConstraint("severity >= 0 AND severity <= 1", name=op.f("ck_profile_entries_severity_share")),
        sa.ForeignKeyConstraint(["competency_id"], ["competencies.id"], name=op.f("fk_profile_entries_competency_id")),
        sa.ForeignKeyConstraint(["employee_id"], ["employees.id"], name=op.f("fk_profile_entries_employee_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_profile_entries_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_entries")),
        sa.UniqueConstraint("employee_id", "competency_id", name=op.f("uq_profile_entries_employee_id_competency_id")),
    )
    op.create_index(op.f("ix_profile_entries_competency_id"), "profile_entries", ["competency_id"], unique=False)
    op.create_index(op.f("ix_profile_entries_region_id"), "profile_entries", ["region_id"], unique=False)
    op.create_table(
        "recovery_codes",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_recovery_codes_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_recovery_codes_code_hash")),
    )
    op.create_index(op.f("ix_recovery_codes_account_id"), "recovery_codes", ["account_id"], unique=False)
    op.create_table(
        "role_grants",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "employee",
                "tutor",
                "mentor",
                "regional_methodist",
                "municipal_methodist",
                "school_coordinator",
                "school_head",
                "cnppm_officer",
                "authority_viewer",
                "provider",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "unit_kind",
            sa.Enum("region", "municipality", "school", "provider", name="unitkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("provider_id", sa.Integer(), nullable=True),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(unit_kind = 'region' AND municipality_id IS NULL AND school_id IS NULL AND provider_id IS NULL) OR (unit_kind = 'municipality' AND municipality_id IS NOT NULL AND school_id IS NULL AND provider_id IS NULL) OR (unit_kind = 'school' AND school_id IS NOT NULL AND municipality_id IS NULL AND provider_id IS NULL) OR (unit_kind = 'provider' AND provider_id IS NOT NULL AND municipality_id IS NULL AND school_id IS NULL)",
            name=op.f("ck_role_grants_unit_matches_kind"),
        ),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["people.id"], name=op.f("fk_role_grants_confirmed_by_id")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["people.id"], name=op.f("fk_role_grants_granted_by_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=op.f("fk_role_grants_municipality_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_role_grants_person_id")),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"], name=op.f("fk_role_grants_provider_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_role_grants_region_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_role_grants_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grants")),
    )
    op.create_index("ix_role_grants_person_open", "role_grants", ["person_id", "revoked_at"], unique=False)
    op.create_index(op.f("ix_role_grants_region_id"), "role_grants", ["region_id"], unique=False)
    op.create_table(
        "tutor_assignments",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("tutor_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("assigned_by_id", sa.Integer(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_tutor_assignments_dates_in_order")),
        sa.ForeignKeyConstraint(["assigned_by_id"], ["people.id"], name=op.f("fk_tutor_assignments_assigned_by_id")),
        sa.ForeignKeyConstraint(["employee_id"], ["employees.id"], name=op.f("fk_tutor_assignments_employee_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_tutor_assignments_region_id")),
        sa.ForeignKeyConstraint(["tutor_id"], ["people.id"], name=op.f("fk_tutor_assignments_tutor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tutor_assignments")),
    )
    op.create_index(op.f("ix_tutor_assignments_region_id"), "tutor_assignments", ["region_id"], unique=False)
    op.create_index("ix_tutor_assignments_tutor", "tutor_assignments", ["tutor_id", "ends_on"], unique=False)
    op.create_index(
        "uq_tutor_assignments_one_open",
        "tutor_assignments",
        ["employee_id"],
        unique=True,
        sqlite_where=sa.text("ends_on IS NULL"),
        postgresql_where=sa.text("ends_on IS NULL"),
    )
    op.create_table(
        "attempt_answers",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.Integer(), nullable=True),
        sa.Column("is_not_applicable", sa.Boolean(), nullable=False),
        sa.Column("response", sa.JSON(), nullable=True),
        sa.Column("client_key", sa.String(length=64), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("NOT (is_not_applicable AND category IS NOT NULL)", name=op.f("ck_attempt_answers_answered_or_not_applicable")),
        sa.CheckConstraint("category IS NULL OR category >= 0", name=op.f("ck_attempt_answers_category_not_negative")),
        sa.ForeignKeyConstraint(["attempt_id"], ["diagnostic_attempts.id"], name=op.f("fk_attempt_answers_attempt_id")),
        sa.ForeignKeyConstraint(["item_id"], ["diagnostic_items.id"], name=op.f("fk_attempt_answers_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_answers")),
        sa.UniqueConstraint("attempt_id", "item_id", name=op.f("uq_attempt_answers_attempt_id_item_id")),
    )
    op.create_table(
        "competency_results",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum("objective", "self", "imported", name="basis", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("n_answers", sa.Integer(), nullable=False),
        sa.Column("t", sa.Double(), nullable=True),
        sa.Column("se", sa.Double(), nullable=True),
        sa.Column("level", sa.Double(), nullable=False),
        sa.Column("level_se", sa.Double(), nullable=False),
        sa.Column("low", sa.Double(), nullable=False),
        sa.Column("high", sa.Double(), nullable=False),
        sa.Column("p_below", sa.Double(), nullable=False),
        sa.Column("severity", sa.Double(), nullable=False),
        sa.Column("kappa", sa.Double(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "insufficient",
                "deficit",
                "probable",
                "open",
                "none",
                "claimed",
                "unclaimed",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("self_level", sa.Double(), nullable=True),
        sa.Column("gap", sa.Double(), nullable=True),
        sa.Column("raw_percent", sa.Double(), nullable=True),
        sa.Column("model_version", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("level >= 0 AND level <= 100 AND low <= high", name=op.f("ck_competency_results_level_per_cent")),
        sa.CheckConstraint("p_below >= 0 AND p_below <= 1", name=op.f("ck_competency_results_p_below_share")),
        sa.CheckConstraint("severity >= 0 AND severity <= 1", name=op.f("ck_competency_results_severity_share")),
        sa.ForeignKeyConstraint(["attempt_id"], ["diagnostic_attempts.id"], name=op.f("fk_competency_results_attempt_id")),
        sa.ForeignKeyConstraint(["competency_id"], ["competencies.id"], name=op.f("fk_competency_results_competency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency_results")),
        sa.UniqueConstraint("attempt_id", "competency_id", name=op.f("uq_competency_results_attempt_id_competency_id")),
    )
    op.create_index(op.f("ix_competency_results_competency_id"), "competency_results", ["competency_id"], unique=False)
    op.create_table(
        "deficits",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("deficit", "claim", "request", name="deficitkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "origin",
            sa.Enum(
                "attempt",
                "tutor",
                "pupil_results",
                "personal_request",
                name="deficitorigin",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempt_id", sa.Integer(), nullable=True),
        sa.Column("severity", sa.Double(), nullable=False),
        sa.Column("priority", sa.Double(), nullable=False),
        sa.Column("is_marked", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("open", "closed", "dropped", name="deficitstatus", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "closed",
                "provisionally_closed",
                "improved",
                "remains",
                name="changeoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(status = 'open') = (closed_at IS NULL)", name=op.f("ck_deficits_closed_when_not_open")),
        sa.CheckConstraint("severity >= 0 AND severity <= 1", name=op.f("ck_deficits_severity_share")),
        sa.ForeignKeyConstraint(["attempt_id"], ["diagnostic_attempts.id"], name=op.f("fk_deficits_attempt_id")),
        sa.ForeignKeyConstraint(["competency_id"], ["competencies.id"], name=op.f("fk_deficits_competency_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_deficits_decided_by_id")),
        sa.ForeignKeyConstraint(["employee_id"], ["employees.id"], name=op.f("fk_deficits_employee_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_deficits_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deficits")),
    )
    op.create_index(op.f("ix_deficits_competency_id"), "deficits", ["competency_id"], unique=False)
    op.create_index("ix_deficits_employee", "deficits", ["employee_id", "status"], unique=False)
    op.create_index(op.f("ix_deficits_region_id"), "deficits", ["region_id"], unique=False)
    op.create_index(
        "uq_deficits_one_open",
        "deficits",
        ["employee_id", "competency_id"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "order_corrections",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("old_number", sa.String(length=40), nullable=False),
        sa.Column("old_issued_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("corrected_by_id", sa.Integer(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["corrected_by_id"], ["people.id"], name=op.f("fk_order_corrections_corrected_by_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_corrections_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_corrections")),
    )
    op.create_index(op.f("ix_order_corrections_order_id"), "order_corrections", ["order_id"], unique=False)
    op.create_table(
        "routes",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=True),
        sa.Column("cycle_number", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "on_review",
                "returned",
                "agreed",
                "approved",
                "in_progress",
                "suspended",
                "completed",
                "closed",
                name="routestatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("budget_hours", sa.Integer(), nullable=False),
        sa.Column("personal_request", sa.String(length=1000), nullable=False),
        sa.Column("objective", sa.Integer(), nullable=True),
        sa.Column("bound", sa.Integer(), nullable=True),
        sa.Column("solver_status", sa.String(length=20), nullable=False),
        sa.Column("coverage", sa.Double(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column(
            "closing_outcome",
            sa.Enum(
                "full", "partial", "not_started", "cancelled", name="closingoutcome", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("tutor_conclusion", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", name=op.f("ck_routes_closed_has_date")),
        sa.CheckConstraint("budget_hours > 0", name=op.f("ck_routes_budget_positive")),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_routes_dates_in_order")),
        sa.ForeignKeyConstraint(["attempt_id"], ["diagnostic_attempts.id"], name=op.f("fk_routes_attempt_id")),
        sa.ForeignKeyConstraint(["employee_id"], ["employees.id"], name=op.f("fk_routes_employee_id")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_routes_region_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_routes_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routes")),
    )
    op.create_index(op.f("ix_routes_attempt_id"), "routes", ["attempt_id"], unique=False)
    op.create_index("ix_routes_employee", "routes", ["employee_id", "status"], unique=False)
    op.create_index(op.f("ix_routes_region_id"), "routes", ["region_id"], unique=False)
    op.create_index("ix_routes_school", "routes", ["school_id", "status"], unique=False)
    op.create_index(
        "uq_routes_one_live",
        "routes",
        ["employee_id"],
        unique=True,
        sqlite_where=sa.text("status <> 'closed'"),
        postgresql_where=sa.text("status <> 'closed'"),
    )
    op.create_table(
        "sign_in_sessions",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("factor_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_sign_in_sessions_account_id")),
        sa.ForeignKeyConstraint(["grant_id"], ["role_grants.id"], name=op.f("fk_sign_in_sessions_grant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_sessions")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_sign_in_sessions_secret_hash")),
    )
    op.create_index(op.f("ix_sign_in_sessions_account_id"), "sign_in_sessions", ["account_id"], unique=False)
    op.create_table(
        "reflections",
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("what_is_new", sa.Text(), nullable=False),
        sa.Column("goes_into_work", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["route_id"], ["routes.id"], name=op.f("fk_reflections_route_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reflections")),
        sa.UniqueConstraint("route_id", name=op.f("uq_reflections_route_id")),
    )
    op.create_table(
        "route_events",
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("from_status", sa.String(length=40), nullable=False),
        sa.Column("to_status", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_route_events_actor_id")),
        sa.ForeignKeyConstraint(["route_id"], ["routes.id"], name=op.f("fk_route_events_route_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_events")),
    )
    op.create_index(op.f("ix_route_events_route_id"), "route_events", ["route_id"], unique=False)
    op.create_table(
        "route_exclusions",
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["offering_id"], ["offerings.id"], name=op.f("fk_route_exclusions_offering_id")),
        sa.ForeignKeyConstraint(["route_id"], ["routes.id"], name=op.f("fk_route_exclusions_route_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_exclusions")),
        sa.UniqueConstraint("route_id", "offering_id", name=op.f("uq_route_exclusions_route_id_offering_id")),
    )
    op.create_table(
        "route_goals",
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("deficit", "claim", "request", name="deficitkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("competency_id", sa.Integer(), nullable=True),
        sa.Column("deficit_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("expected_result", sa.String(length=500), nullable=False),
        sa.Column("coverage", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("reason_facts", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'request') = (competency_id IS NULL)", name=op.f("ck_route_goals_requests_have_no_competency")),
        sa.CheckConstraint("coverage >= 0", name=op.f("ck_route_goals_coverage_not_negative")),
        sa.CheckConstraint("weight >= 1 AND weight <= 10", name=op.f("ck_route_goals_weight_range")),
        sa.ForeignKeyConstraint(["competency_id"], ["competencies.id"], name=op.f("fk_route_goals_competency_id")),
        sa.ForeignKeyConstraint(["deficit_id"], ["deficits.id"], name=op.f("fk_route_goals_deficit_id")),
        sa.ForeignKeyConstraint(["route_id"], ["routes.id"], name=op.f("fk_route_goals_route_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_goals")),
        sa.UniqueConstraint("route_id", "competency_id", name=op.f("uq_route_goals_route_id_competency_id")),
    )
    op.create_index(op.f("ix_route_goals_deficit_id"), "route_goals", ["deficit_id"], unique=False)
    op.create_index(op.f("ix_route_goals_route_id"), "route_goals", ["route_id"], unique=False)
    op.create_table(
        "route_items",
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "program",
                "internship",
                "mentoring",
                "event",
                "resource",
                "self_study",
                "peer_learning",
                "post_course_support",
                "expert_activity",
                "open_slot",
                name="itemkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "item_level",
            sa.Enum("school", "municipality", "region", "federal", name="itemlevel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("offering_id", sa.Integer(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=600), nullable=False),
        sa.Column("provider_name", sa.String(length=300), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("hours_estimated", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("has_fixed_dates", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "planned",
                "requested",
                "enrolled",
                "in_progress",
                "submitted",
                "returned",
                "done",
                "done_unconfirmed",
                "needs_replacement",
                "moved",
                name="itemstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("reason_facts", sa.JSON(), nullable=False),
        sa.Column("expected_result", sa.String(length=500), nullable=False),
        sa.Column("registry_kind", sa.String(length=20), nullable=False),
        sa.Column("registry_number", sa.String(length=60), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name=op.f("ck_route_items_dates_in_order")),
        sa.CheckConstraint("hours > 0", name=op.f("ck_route_items_hours_positive")),
        sa.ForeignKeyConstraint(["offering_id"], ["offerings.id"], name=op.f("fk_route_items_offering_id")),
        sa.ForeignKeyConstraint(["route_id"], ["routes.id"], name=op.f("fk_route_items_route_id")),
        sa.ForeignKeyConstraint(["run_id"], ["offering_runs.id"], name=op.f("fk_route_items_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_items")),
        sa.UniqueConstraint("route_id", "offering_id", name=op.f("uq_route_items_route_id_offering_id")),
    )
    op.create_index(op.f("ix_route_items_offering_id"), "route_items", ["offering_id"], unique=False)
    op.create_index(op.f("ix_route_items_route_id"), "route_items", ["route_id"], unique=False)
    op.create_index("ix_route_items_status", "route_items", ["status"], unique=False)
    op.create_table(
        "route_versions",
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "submitted", "approved", "revised", "closed", name="versionreason", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_route_versions_created_by_id")),
        sa.ForeignKeyConstraint(["route_id"], ["routes.id"], name=op.f("fk_route_versions_route_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_versions")),
        sa.UniqueConstraint("route_id", "number", name=op.f("uq_route_versions_route_id_number")),
    )
    op.create_table(
        "evidence",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("file", "link", "text", "certificate", name="evidencekind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "submitted",
                "accepted",
                "returned",
                "withdrawn",
                name="evidencestatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("submitted_by_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_comment", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'file') = (file_id IS NOT NULL)", name=op.f("ck_evidence_files_have_file")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name=op.f("fk_evidence_file_id")),
        sa.ForeignKeyConstraint(["item_id"], ["route_items.id"], name=op.f("fk_evidence_item_id")),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["people.id"], name=op.f("fk_evidence_reviewed_by_id")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["people.id"], name=op.f("fk_evidence_submitted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("file_id", name=op.f("uq_evidence_file_id")),
    )
    op.create_index(op.f("ix_evidence_item_id"), "evidence", ["item_id"], unique=False)
    op.create_table(
        "order_routes",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_routes_order_id")),
        sa.ForeignKeyConstraint(["route_id"], ["routes.id"], name=op.f("fk_order_routes_route_id")),
        sa.ForeignKeyConstraint(["version_id"], ["route_versions.id"], name=op.f("fk_order_routes_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_routes")),
        sa.UniqueConstraint("order_id", "route_id", name=op.f("uq_order_routes_order_id_route_id")),
    )
    op.create_index(op.f("ix_order_routes_route_id"), "order_routes", ["route_id"], unique=False)
    op.create_table(
        "route_comments",
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_route_comments_author_id")),
        sa.ForeignKeyConstraint(["item_id"], ["route_items.id"], name=op.f("fk_route_comments_item_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["route_id"], ["routes.id"], name=op.f("fk_route_comments_route_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_comments")),
    )
    op.create_index(op.f("ix_route_comments_item_id"), "route_comments", ["item_id"], unique=False)
    op.create_index(op.f("ix_route_comments_route_id"), "route_comments", ["route_id"], unique=False)
    op.create_table(
        "route_item_covers",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("per_cent", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("per_cent >= 0 AND per_cent <= 100", name=op.f("ck_route_item_covers_per_cent_range")),
        sa.ForeignKeyConstraint(["goal_id"], ["route_goals.id"], name=op.f("fk_route_item_covers_goal_id")),
        sa.ForeignKeyConstraint(["item_id"], ["route_items.id"], name=op.f("fk_route_item_covers_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_item_covers")),
        sa.UniqueConstraint("item_id", "goal_id", name=op.f("uq_route_item_covers_item_id_goal_id")),
    )
    op.create_index(op.f("ix_route_item_covers_goal_id"), "route_item_covers", ["goal_id"], unique=False)
    op.create_index(op.f("ix_route_item_covers_item_id"), "route_item_covers", ["item_id"], unique=False)
    op.create_table(
        "route_reviews",
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column(
            "step",
            sa.Enum("tutor", "methodist", "school_head", "center", name="reviewstep", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum("agree", "return", name="reviewdecision", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["reviewer_id"], ["people.id"], name=op.f("fk_route_reviews_reviewer_id")),
        sa.ForeignKeyConstraint(["route_id"], ["routes.id"], name=op.f("fk_route_reviews_route_id")),
        sa.ForeignKeyConstraint(["version_id"], ["route_versions.id"], name=op.f("fk_route_reviews_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_reviews")),
    )
    op.create_index(op.f("ix_route_reviews_reviewer_id"), "route_reviews", ["reviewer_id"], unique=False)
    op.create_index(op.f("ix_route_reviews_route_id"), "route_reviews", ["route_id"], unique=False)
    op.create_table(
        "route_revisions",
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("needs_order", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("asked", "agreed", "refused", name="revisionstatus", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("from_version_id", sa.Integer(), nullable=True),
        sa.Column("to_version_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_route_revisions_author_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_route_revisions_decided_by_id")),
        sa.ForeignKeyConstraint(["from_version_id"], ["route_versions.id"], name=op.f("fk_route_revisions_from_version_id")),
        sa.ForeignKeyConstraint(["route_id"], ["routes.id"], name=op.f("fk_route_revisions_route_id")),
        sa.ForeignKeyConstraint(["to_version_id"], ["route_versions.id"], name=op.f("fk_route_revisions_to_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_revisions")),
    )
    op.create_index(op.f("ix_route_revisions_route_id"), "route_revisions", ["route_id"], unique=False)
    op.create_table(
        "certificates",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column(
            "frdo_status",
            sa.Enum("unknown", "found", "not_found", name="frdostatus", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("hours IS NULL OR hours > 0", name=op.f("ck_certificates_hours_positive")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_certificates_evidence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_certificates_evidence_id")),
    )
    protect_journal()


def protect_journal() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(SQLITE_TRIGGER.format(verb=verb))
    else:
        op.execute(POSTGRESQL_FUNCTION)
        op.execute(POSTGRESQL_TRIGGER)


def downgrade() -> None:
    op.drop_table("certificates")
    op.drop_index(op.f("ix_route_revisions_route_id"), table_name="route_revisions")
    op.drop_table("route_revisions")
    op.drop_index(op.f("ix_route_reviews_route_id"), table_name="route_reviews")
    op.drop_index(op.f("ix_route_reviews_reviewer_id"), table_name="route_reviews")
    op.drop_table("route_reviews")
    op.drop_index(op.f("ix_route_item_covers_item_id"), table_name="route_item_covers")
    op.drop_index(op.f("ix_route_item_covers_goal_id"), table_name="route_item_covers")
    op.drop_table("route_item_covers")
    op.drop_index(op.f("ix_route_comments_route_id"), table_name="route_comments")
    op.drop_index(op.f("ix_route_comments_item_id"), table_name="route_comments")
    op.drop_table("route_comments")
    op.drop_index(op.f("ix_order_routes_route_id"), table_name="order_routes")
    op.drop_table("order_routes")
    op.drop_index(op.f("ix_evidence_item_id"), table_name="evidence")
    op.drop_table("evidence")
    op.drop_table("route_versions")
    op.drop_index("ix_route_items_status", table_name="route_items")
    op.drop_index(op.f("ix_route_items_route_id"), table_name="route_items")
    op.drop_index(op.f("ix_route_items_offering_id"), table_name="route_items")
    op.drop_table("route_items")
    op.drop_index(op.f("ix_route_goals_route_id"), table_name="route_goals")
    op.drop_index(op.f("ix_route_goals_deficit_id"), table_name="route_goals")
    op.drop_table("route_goals")
    op.drop_table("route_exclusions")
    op.drop_index(op.f("ix_route_events_route_id"), table_name="route_events")
    op.drop_table("route_events")
    op.drop_table("reflections")
    op.drop_index(op.f("ix_sign_in_sessions_account_id"), table_name="sign_in_sessions")
    op.drop_table("sign_in_sessions")
    op.drop_index(
        "uq_routes_one_live",
        table_name="routes",
        sqlite_where=sa.text("status <> 'closed'"),
        postgresql_where=sa.text("status <> 'closed'"),
    )
    op.drop_index("ix_routes_school", table_name="routes")
    op.drop_index(op.f("ix_routes_region_id"), table_name="routes")
    op.drop_index("ix_routes_employee", table_name="routes")
    op.drop_index(op.f("ix_routes_attempt_id"), table_name="routes")
    op.drop_table("routes")
    op.drop_index(op.f("ix_order_corrections_order_id"), table_name="order_corrections")
    op.drop_table("order_corrections")
    op.drop_index(
        "uq_deficits_one_open", table_name="deficits", sqlite_where=sa.text("status = 'open'"), postgresql_where=sa.text("status = 'open'")
    )
    op.drop_index(op.f("ix_deficits_region_id"), table_name="deficits")
    op.drop_index("ix_deficits_employee", table_name="deficits")
    op.drop_index(op.f("ix_deficits_competency_id"), table_name="deficits")
    op.drop_table("deficits")
    op.drop_index(op.f("ix_competency_results_competency_id"), table_name="competency_results")
    op.drop_table("competency_results")
    op.drop_table("attempt_answers")
    op.drop_index(
        "uq_tutor_assignments_one_open",
        table_name="tutor_assignments",
        sqlite_where=sa.text("ends_on IS NULL"),
        postgresql_where=sa.text("ends_on IS NULL"),
    )
    op.drop_index("ix_tutor_assignments_tutor", table_name="tutor_assignments")
    op.drop_index(op.f("ix_tutor_assignments_region_id"), table_name="tutor_assignments")
    op.drop_table("tutor_assignments")
    op.drop_index(op.f("ix_role_grants_region_id"), table_name="role_grants")
    op.drop_index("ix_role_grants_person_open", table_name="role_grants")
    op.drop_table("role_grants")
    op.drop_index(op.f("ix_recovery_codes_account_id"), table_name="recovery_codes")
    op.drop_table("recovery_codes")
    op.drop_index(op.f("ix_profile_entries_region_id"), table_name="profile_entries")
    op.drop_index(op.f("ix_profile_entries_competency_id"), table_name="profile_entries")
    op.drop_table("profile_entries")
    op.drop_index(op.f("ix_personal_requests_region_id"), table_name="personal_requests")
    op.drop_index("ix_personal_requests_employee", table_name="personal_requests")
    op.drop_table("personal_requests")
    op.drop_index(op.f("ix_orders_region_id"), table_name="orders")
    op.drop_table("orders")
    op.drop_index(op.f("ix_one_time_codes_account_id"), table_name="one_time_codes")
    op.drop_table("one_time_codes")
    op.drop_index(op.f("ix_offering_runs_offering_id"), table_name="offering_runs")
    op.drop_table("offering_runs")
    op.drop_table("offering_hours")
    op.drop_index("ix_offering_competencies_competency", table_name="offering_competencies")
    op.drop_table("offering_competencies")
    op.drop_index(
        "uq_methodist_assignments_one_open",
        table_name="methodist_assignments",
        sqlite_where=sa.text("ends_on IS NULL"),
        postgresql_where=sa.text("ends_on IS NULL"),
    )
    op.drop_index(op.f("ix_methodist_assignments_region_id"), table_name="methodist_assignments")
    op.drop_index("ix_methodist_assignments_methodist", table_name="methodist_assignments")
    op.drop_table("methodist_assignments")
    op.drop_index(op.f("ix_import_batches_region_id"), table_name="import_batches")
    op.drop_index(op.f("ix_import_batches_author_id"), table_name="import_batches")
    op.drop_table("import_batches")
    op.drop_index(
        "uq_employments_one_main_open",
        table_name="employments",
        sqlite_where=sa.text("is_main AND ends_on IS NULL"),
        postgresql_where=sa.text("is_main AND ends_on IS NULL"),
    )
    op.drop_index("ix_employments_school_open", table_name="employments")
    op.drop_index(op.f("ix_employments_region_id"), table_name="employments")
    op.drop_index(op.f("ix_employments_employee_id"), table_name="employments")
    op.drop_table("employments")
    op.drop_table("employee_subjects")
    op.drop_index(
        "uq_diagnostic_attempts_one_open",
        table_name="diagnostic_attempts",
        sqlite_where=sa.text("status = 'started'"),
        postgresql_where=sa.text("status = 'started'"),
    )
    op.drop_index("ix_diagnostic_attempts_scored", table_name="diagnostic_attempts")
    op.drop_index(op.f("ix_diagnostic_attempts_region_id"), table_name="diagnostic_attempts")
    op.drop_index("ix_diagnostic_attempts_employee", table_name="diagnostic_attempts")
    op.drop_index(op.f("ix_diagnostic_attempts_campaign_id"), table_name="diagnostic_attempts")
    op.drop_table("diagnostic_attempts")
    op.drop_index(op.f("ix_consultations_tutor_id"), table_name="consultations")
    op.drop_index(op.f("ix_consultations_region_id"), table_name="consultations")
    op.drop_index(op.f("ix_consultations_employee_id"), table_name="consultations")
    op.drop_table("consultations")
    op.drop_index(op.f("ix_stored_files_region_id"), table_name="stored_files")
    op.drop_index(op.f("ix_stored_files_owner_id"), table_name="stored_files")
    op.drop_table("stored_files")
    op.drop_index(
        "uq_sharings_one_open",
        table_name="sharings",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(op.f("ix_sharings_region_id"), table_name="sharings")
    op.drop_table("sharings")
    op.drop_index(op.f("ix_schools_region_id"), table_name="schools")
    op.drop_index(op.f("ix_schools_municipality_id"), table_name="schools")
    op.drop_table("schools")
    op.drop_table("one_time_keys")
    op.drop_index(op.f("ix_offerings_region_id"), table_name="offerings")
    op.drop_index(op.f("ix_offerings_provider_id"), table_name="offerings")
    op.drop_index("ix_offerings_kind_active", table_name="offerings")
    op.drop_table("offerings")
    op.drop_index(op.f("ix_method_centers_region_id"), table_name="method_centers")
    op.drop_table("method_centers")
    op.drop_index(op.f("ix_jobs_state"), table_name="jobs")
    op.drop_index(op.f("ix_jobs_region_id"), table_name="jobs")
    op.drop_table("jobs")
    op.drop_index(op.f("ix_indicator_values_region_id"), table_name="indicator_values")
    op.drop_table("indicator_values")
    op.drop_index(op.f("ix_employees_region_id"), table_name="employees")
    op.drop_table("employees")
    op.drop_index(op.f("ix_diagnostic_items_diagnostic_id"), table_name="diagnostic_items")
    op.drop_table("diagnostic_items")
    op.drop_index(op.f("ix_diagnostic_campaigns_region_id"), table_name="diagnostic_campaigns")
    op.drop_table("diagnostic_campaigns")
    op.drop_index(op.f("ix_consents_region_id"), table_name="consents")
    op.drop_index("ix_consents_person_kind", table_name="consents")
    op.drop_table("consents")
    op.drop_index(op.f("ix_authorities_region_id"), table_name="authorities")
    op.drop_table("authorities")
    op.drop_index("ix_audit_entries_subject", table_name="audit_entries")
    op.drop_index(op.f("ix_audit_entries_region_id"), table_name="audit_entries")
    op.drop_index("ix_audit_entries_object", table_name="audit_entries")
    op.drop_index(op.f("ix_audit_entries_at"), table_name="audit_entries")
    op.drop_index("ix_audit_entries_actor", table_name="audit_entries")
    op.drop_index(op.f("ix_audit_entries_action"), table_name="audit_entries")
    op.drop_table("audit_entries")
    op.drop_table("accounts")
    op.drop_index(op.f("ix_providers_region_id"), table_name="providers")
    op.drop_table("providers")
    op.drop_index(op.f("ix_people_region_id"), table_name="people")
    op.drop_index(op.f("ix_people_last_name"), table_name="people")
    op.drop_table("people")
    op.drop_index(op.f("ix_municipalities_region_id"), table_name="municipalities")
    op.drop_table("municipalities")
    op.drop_index(op.f("ix_indicator_targets_region_id"), table_name="indicator_targets")
    op.drop_table("indicator_targets")
    op.drop_table("diagnostics")
    op.drop_index(op.f("ix_competencies_parent_id"), table_name="competencies")
    op.drop_table("competencies")
    op.drop_table("subjects")
    op.drop_table("regions")
    op.drop_table("rate_counters")
    op.drop_table("indicators")
    op.drop_table("competency_frameworks")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_entries_refuse()")
