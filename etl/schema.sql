-- The warehouse: the contract between etl/ (writes) and insight/ (reads). Names are fixed, other tools read them too.
-- Rules that a table can hold are held here, not only in Python: no number is NaN or infinite.
-- A build stores the version of this schema (contract.py), and both sides compare it when they open the build.

-- ------------------------------------------------------------------------------------------------ vocabularies
CREATE TABLE figure_status (
    status VARCHAR PRIMARY KEY,
    label VARCHAR NOT NULL,
    symbol VARCHAR NOT NULL,
    hidden BOOLEAN NOT NULL,
    meaning VARCHAR NOT NULL
);

CREATE TABLE grade_status (
    status VARCHAR PRIMARY KEY,
    label VARCHAR NOT NULL,
    symbol VARCHAR NOT NULL,
    meaning VARCHAR NOT NULL
);

CREATE TABLE grade_scale (
    grade VARCHAR PRIMARY KEY,
    grade_order INTEGER NOT NULL UNIQUE CHECK (grade_order >= 1),
    letter VARCHAR NOT NULL UNIQUE
);

-- ------------------------------------------------------------------------------------------------ areas
CREATE TABLE force (
    force_code VARCHAR PRIMARY KEY CHECK (regexp_matches(force_code, '^[EW]\d{8}$')),
    force_name VARCHAR NOT NULL UNIQUE,
    organisation_name VARCHAR NOT NULL,
    label VARCHAR NOT NULL UNIQUE,
    in_text VARCHAR NOT NULL,
    organisation_in_text VARCHAR NOT NULL,
    short_code VARCHAR NOT NULL UNIQUE CHECK (length(short_code) = 3),
    region VARCHAR NOT NULL,
    country VARCHAR NOT NULL CHECK (country IN ('England', 'Wales')),
    tile_column INTEGER NOT NULL CHECK (tile_column >= 0),
    tile_row INTEGER NOT NULL CHECK (tile_row >= 0),
    unranked_because VARCHAR,
    UNIQUE (tile_column, tile_row)
);

CREATE TABLE local_authority (
    la_code VARCHAR PRIMARY KEY,
    la_name VARCHAR NOT NULL,
    force_code VARCHAR NOT NULL REFERENCES force (force_code)
);

CREATE TABLE region_or_country (
    area_code VARCHAR PRIMARY KEY,
    area_name VARCHAR NOT NULL,
    area_level VARCHAR NOT NULL CHECK (area_level IN ('region', 'country')),
    label VARCHAR NOT NULL UNIQUE,
    in_text VARCHAR NOT NULL
);

-- Parts of a region that are published as areas of their own (Inner and Outer London).
CREATE TABLE subregion (
    la_code VARCHAR PRIMARY KEY REFERENCES local_authority (la_code),
    area_code VARCHAR NOT NULL REFERENCES region_or_country (area_code),
    source VARCHAR NOT NULL
);

CREATE VIEW area AS
SELECT area_code, area_name, area_level, NULL AS force_code, label, in_text FROM region_or_country
UNION ALL
SELECT force_code, force_name, 'force', force_code, label, in_text FROM force
UNION ALL
SELECT la_code, la_name, 'local_authority', force_code, la_name, la_name FROM local_authority;

-- ------------------------------------------------------------------------------------------------ sources and definitions
-- Who publishes, in the order in which a line of sources names them.
CREATE TABLE publisher (
    publisher VARCHAR PRIMARY KEY,
    short_name VARCHAR NOT NULL,
    position INTEGER NOT NULL UNIQUE CHECK (position >= 1)
);

CREATE TABLE source (
    source_id VARCHAR PRIMARY KEY,
    publication VARCHAR NOT NULL,
    publisher VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    release VARCHAR NOT NULL,
    published VARCHAR CHECK (regexp_matches(published, '^\d{4}(-\d{2}(-\d{2})?)?$')),
    url VARCHAR NOT NULL,
    licence VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    file_sha256 VARCHAR NOT NULL CHECK (length(file_sha256) = 64),
    subject VARCHAR NOT NULL,
    coverage VARCHAR NOT NULL,
    done VARCHAR NOT NULL,
    origin VARCHAR NOT NULL CHECK (origin IN ('publisher', 'added by a user')),
    UNIQUE (publication, release)
);

-- Where and in which month of the year, or of how many years later, releases come out; `next_release` is made from it.
CREATE TABLE release_feed (
    publication VARCHAR PRIMARY KEY,
    look_at VARCHAR NOT NULL,
    published_in INTEGER CHECK (published_in BETWEEN 1 AND 12),
    years_after INTEGER NOT NULL CHECK (years_after >= 0),
    no_date VARCHAR NOT NULL CHECK (no_date = '' OR published_in IS NULL),
    newest_published VARCHAR NOT NULL
);

CREATE TABLE figure (
    figure_id VARCHAR PRIMARY KEY,
    publication VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    independent BOOLEAN NOT NULL
);

CREATE TABLE measure (
    measure_id VARCHAR PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE,
    title VARCHAR NOT NULL,
    short_title VARCHAR NOT NULL,
    topic VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('count', 'rate', 'proportion', 'ratio')),
    numerator VARCHAR NOT NULL REFERENCES figure (figure_id),
    denominator VARCHAR REFERENCES figure (figure_id),
    multiplier INTEGER CHECK (multiplier > 0),
    unit VARCHAR NOT NULL,
    decimals INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 3),
    polarity VARCHAR NOT NULL CHECK (polarity IN ('higher_is_better', 'lower_is_better', 'none')),
    definition VARCHAR NOT NULL,
    caveats VARCHAR NOT NULL,
    coverage VARCHAR NOT NULL,
    clause VARCHAR CHECK (contains(clause, '{figure}')),
    short_clause VARCHAR CHECK (contains(short_clause, '{figure}')),
    noun VARCHAR,
    short_noun VARCHAR,
    headline INTEGER UNIQUE CHECK (headline >= 1),
    force_series INTEGER UNIQUE CHECK (force_series >= 1),
    wider BOOLEAN NOT NULL,
    publication VARCHAR NOT NULL,
    independent BOOLEAN NOT NULL,
    CHECK ((kind = 'count') = (denominator IS NULL AND multiplier IS NULL))
);

CREATE TABLE method (
    title VARCHAR PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE,
    plain VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    literature VARCHAR NOT NULL
);

CREATE TABLE series_break (
    series VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('break', 'doubtful', 'not_comparable')),
    starts DATE,
    cycle VARCHAR,
    area_code VARCHAR REFERENCES force (force_code),
    reason VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    CHECK ((starts IS NULL) <> (cycle IS NULL))
);

-- ------------------------------------------------------------------------------------------------ figures
-- `revision` is the publisher's mark: provisional figures may change still, revised ones have; NULL where there is no mark.
CREATE TABLE observation (
    area_code VARCHAR NOT NULL,
    area_level VARCHAR NOT NULL CHECK (area_level IN ('local_authority', 'force', 'region', 'country')),
    period_end DATE NOT NULL,
    figure_id VARCHAR NOT NULL,
    release VARCHAR NOT NULL,
    value BIGINT CHECK (value >= 0),
    status VARCHAR NOT NULL,
    hidden_parts INTEGER NOT NULL DEFAULT 0 CHECK (hidden_parts >= 0),
    revision VARCHAR CHECK (revision IN ('provisional', 'revised')),
    source_id VARCHAR NOT NULL,
    doubtful VARCHAR,
    PRIMARY KEY (figure_id, release, area_code, period_end),
    CHECK ((status = 'reported') = (value IS NOT NULL)),
    CHECK (hidden_parts = 0 OR area_level = 'force'),
    CHECK (doubtful IS NULL OR (value = 0 AND area_level = 'local_authority'))
);

-- A period belongs as a whole to the newest release of its publication: authorities are reorganised between releases, and rows
-- of two releases side by side would count children twice.
CREATE VIEW current_observation AS
WITH newest AS (
    SELECT s.publication, o.period_end, max(o.release) AS release
    FROM observation o JOIN source s USING (source_id)
    GROUP BY ALL
)
SELECT o.*
FROM observation o
JOIN source s USING (source_id)
JOIN newest n ON n.publication = s.publication AND n.period_end = o.period_end AND n.release = o.release;

-- Why a measure of a force, or the zero of an authority, is shown as published and cannot be relied on.
CREATE TABLE doubtful_figure (
    measure_id VARCHAR NOT NULL REFERENCES measure (measure_id),
    area_code VARCHAR NOT NULL,
    area_level VARCHAR NOT NULL,
    period_end DATE NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (measure_id, area_code, period_end)
);

-- `verdict` is one word made from the two tests beside it, `outlier` and `compared_with_nation`; `verdict_level` is the level that
-- an unusual figure reaches, `verdict_basis` which test decided, or why there is no verdict (insight/statistics/verdict.py).
-- `apart`: the publisher of another country counts this figure (Wales): it stands beside that country's own, compared with nothing.
-- `basis` says where a figure comes from: its publisher; of a force, also the sum of its authorities; of a region or country, also
-- the forces that have one, pooled.
CREATE TABLE indicator (
    measure_id VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    area_level VARCHAR NOT NULL CHECK (area_level IN ('local_authority', 'force', 'region', 'country')),
    period_end DATE NOT NULL,
    release VARCHAR NOT NULL,
    numerator BIGINT CHECK (numerator >= 0),
    denominator BIGINT CHECK (denominator >= 0),
    value DOUBLE CHECK (value >= 0),
    lower_95 DOUBLE,
    upper_95 DOUBLE,
    lower_998 DOUBLE,
    upper_998 DOUBLE,
    interval_method VARCHAR,
    status VARCHAR NOT NULL,
    hidden_parts INTEGER NOT NULL DEFAULT 0 CHECK (hidden_parts >= 0),
    basis VARCHAR NOT NULL CHECK (basis IN ('published', 'sum of authorities', 'pooled over forces')),
    revision VARCHAR CHECK (revision IN ('provisional', 'revised')),
    compared_with_nation VARCHAR,
    compared_with_region VARCHAR,
    outlier VARCHAR,
    outlier_unadjusted VARCHAR,
    verdict VARCHAR NOT NULL,
    verdict_level VARCHAR CHECK (verdict_level IN ('95%', '99.8%')),
    verdict_basis VARCHAR NOT NULL,
    rank INTEGER,
    rank_lower INTEGER,
    rank_upper INTEGER,
    probability_highest_quarter DOUBLE CHECK (probability_highest_quarter BETWEEN 0 AND 1),
    recent_trend VARCHAR,
    change_from_previous VARCHAR,
    apart BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (measure_id, area_code, period_end),
    CHECK ((status = 'reported') = (value IS NOT NULL)),
    CHECK ((verdict_level IS NOT NULL) = starts_with(verdict, 'Unusually')),
    CHECK (lower_95 <= value AND value <= upper_95),
    CHECK (lower_998 <= lower_95 AND upper_95 <= upper_998),
    CHECK (rank_lower <= rank AND rank <= rank_upper),
    CHECK (isfinite(value) AND isfinite(lower_95) AND isfinite(upper_95) AND isfinite(lower_998) AND isfinite(upper_998)
        AND isfinite(probability_highest_quarter))
);

-- The doubtful zeros of authorities in the figure of a larger area: missing parts of their force's figure, and counted in the
-- published figure of a region, or of a country where they move it, of which nothing is said then. In a sentence each, or the
-- authorities' names if many, or only how many in a country.
CREATE TABLE doubtful_part (
    measure_id VARCHAR NOT NULL REFERENCES measure (measure_id),
    area_code VARCHAR NOT NULL,
    period_end DATE NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (measure_id, area_code, period_end)
);

-- Every measure with the reasons to doubt it beside it: nobody shows a figure without them.
CREATE VIEW indicator_with_doubts AS
SELECT i.*, d.reason AS doubtful, z.reason AS doubtful_parts
FROM indicator i
LEFT JOIN doubtful_figure d USING (measure_id, area_code, period_end)
LEFT JOIN doubtful_part z USING (measure_id, area_code, period_end);

-- How many forces a measure has in a year, with a figure and without one for each reason.
CREATE TABLE coverage (
    measure_id VARCHAR NOT NULL REFERENCES measure (measure_id),
    period_end DATE NOT NULL,
    release VARCHAR NOT NULL,
    forces INTEGER NOT NULL CHECK (forces > 0),
    with_value INTEGER NOT NULL CHECK (with_value BETWEEN 0 AND forces),
    lower_bounds INTEGER NOT NULL CHECK (lower_bounds BETWEEN 0 AND with_value),
    suppressed INTEGER NOT NULL,
    not_available INTEGER NOT NULL,
    low_reliability INTEGER NOT NULL,
    not_applicable INTEGER NOT NULL,
    reported_jointly INTEGER NOT NULL,
    not_covered INTEGER NOT NULL,
    PRIMARY KEY (measure_id, period_end, release),
    CHECK (forces = with_value + suppressed + not_available + low_reliability + not_applicable + reported_jointly + not_covered)
);

-- The releases that a measure's figures of a year come from; `has_figure` says whether any area has one then.
CREATE TABLE measure_source (
    measure_id VARCHAR NOT NULL REFERENCES measure (measure_id),
    period_end DATE NOT NULL,
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    has_figure BOOLEAN NOT NULL,
    PRIMARY KEY (measure_id, period_end, source_id)
);

-- The periods that a release has figures of; none for one of judgements.
CREATE TABLE source_period (
    source_id VARCHAR PRIMARY KEY REFERENCES source (source_id),
    first_period DATE NOT NULL,
    last_period DATE NOT NULL CHECK (last_period >= first_period),
    figures BIGINT NOT NULL CHECK (figures > 0)
);

-- What is withheld of the releases, by figure and by why: `suppressed_now` by the newest release, of authorities that it no longer has
-- (`former_authorities`), or all that a sum of ours would hold (`our_sums`). A cell is an area's figure of a year, in any release.
CREATE TABLE withheld_count (
    figure_id VARCHAR NOT NULL REFERENCES figure (figure_id),
    kind VARCHAR NOT NULL CHECK (kind IN ('suppressed_now', 'former_authorities', 'our_sums')),
    figures BIGINT NOT NULL CHECK (figures > 0),
    cells BIGINT NOT NULL CHECK (cells > 0 AND cells <= figures),
    PRIMARY KEY (figure_id, kind)
);

-- What a comparison of one measure and year rests on: the pooled average of the forces compared, and how far they spread;
-- `maximum_doubtful` is why the highest figure is doubtful, where it is.
CREATE TABLE comparison (
    measure_id VARCHAR NOT NULL REFERENCES measure (measure_id),
    period_end DATE NOT NULL,
    numerator BIGINT NOT NULL CHECK (numerator >= 0),
    denominator BIGINT NOT NULL CHECK (denominator > 0),
    average DOUBLE NOT NULL,
    forces_compared INTEGER NOT NULL CHECK (forces_compared > 0),
    forces_left_out INTEGER NOT NULL CHECK (forces_left_out >= 0),
    phi DOUBLE CHECK (phi >= 0),
    tau2 DOUBLE CHECK (tau2 >= 0),
    transform VARCHAR,
    minimum DOUBLE,
    p5 DOUBLE,
    p25 DOUBLE,
    p50 DOUBLE,
    p75 DOUBLE,
    p95 DOUBLE,
    maximum DOUBLE,
    forces_ranked INTEGER NOT NULL CHECK (forces_ranked >= 0),
    maximum_doubtful VARCHAR,
    PRIMARY KEY (measure_id, period_end),
    CHECK (isfinite(average) AND isfinite(phi) AND isfinite(tau2) AND isfinite(minimum) AND isfinite(p5) AND isfinite(p25)
        AND isfinite(p50) AND isfinite(p75) AND isfinite(p95) AND isfinite(maximum))
);

-- The same measures as they stood at each release of a publication that has several: forces, regions and England, without ranks.
CREATE TABLE indicator_as_of (
    as_of VARCHAR NOT NULL,
    measure_id VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    area_level VARCHAR NOT NULL CHECK (area_level IN ('force', 'region', 'country')),
    period_end DATE NOT NULL,
    release VARCHAR NOT NULL,
    numerator BIGINT CHECK (numerator >= 0),
    denominator BIGINT CHECK (denominator >= 0),
    value DOUBLE CHECK (value >= 0),
    lower_95 DOUBLE,
    upper_95 DOUBLE,
    lower_998 DOUBLE,
    upper_998 DOUBLE,
    interval_method VARCHAR,
    status VARCHAR NOT NULL,
    hidden_parts INTEGER NOT NULL DEFAULT 0 CHECK (hidden_parts >= 0),
    basis VARCHAR NOT NULL CHECK (basis IN ('published', 'sum of authorities', 'pooled over forces')),
    revision VARCHAR CHECK (revision IN ('provisional', 'revised')),
    compared_with_nation VARCHAR,
    compared_with_region VARCHAR,
    outlier VARCHAR,
    outlier_unadjusted VARCHAR,
    verdict VARCHAR NOT NULL,
    verdict_level VARCHAR CHECK (verdict_level IN ('95%', '99.8%')),
    verdict_basis VARCHAR NOT NULL,
    recent_trend VARCHAR,
    change_from_previous VARCHAR,
    PRIMARY KEY (as_of, measure_id, area_code, period_end),
    CHECK ((status = 'reported') = (value IS NOT NULL)),
    CHECK ((verdict_level IS NOT NULL) = starts_with(verdict, 'Unusually')),
    CHECK (release <= as_of),
    CHECK (isfinite(value) AND isfinite(lower_95) AND isfinite(upper_95) AND isfinite(lower_998) AND isfinite(upper_998))
);

-- England's detail: who went missing or was away, for how long and from where; totals and averages of the year. Of each year the
-- newest release that has it, as a whole. None of it is compared with anything.
CREATE TABLE breakdown (
    area_code VARCHAR NOT NULL REFERENCES region_or_country (area_code),
    period_end DATE NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('missing', 'away')),
    topic VARCHAR NOT NULL CHECK (topic IN ('totals', 'age', 'duration', 'placement', 'location', 'sex', 'ethnic origin')),
    category VARCHAR NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    release VARCHAR NOT NULL,
    amount DOUBLE CHECK (amount >= 0),
    status VARCHAR NOT NULL REFERENCES figure_status (status),
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    PRIMARY KEY (area_code, period_end, kind, topic, category),
    CHECK ((status = 'reported') = (amount IS NOT NULL))
);

-- Percentages that a publisher shows without the numbers behind them: never summed or averaged, so that no force has one.
CREATE TABLE percentage (
    percentage_id VARCHAR PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE,
    publication VARCHAR NOT NULL,
    figure_id VARCHAR REFERENCES figure (figure_id),
    part_of VARCHAR REFERENCES figure (figure_id),
    title VARCHAR NOT NULL,
    short_title VARCHAR NOT NULL,
    decimals INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 3),
    definition VARCHAR NOT NULL,
    no_force VARCHAR NOT NULL
);

CREATE TABLE authority_percentage (
    percentage_id VARCHAR NOT NULL REFERENCES percentage (percentage_id),
    area_code VARCHAR NOT NULL,
    area_level VARCHAR NOT NULL CHECK (area_level IN ('local_authority', 'region', 'country')),
    period_end DATE NOT NULL,
    release VARCHAR NOT NULL,
    percent DOUBLE CHECK (percent >= 0 AND percent <= 100),
    status VARCHAR NOT NULL REFERENCES figure_status (status),
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    doubtful VARCHAR CHECK (doubtful IS NULL OR percent = 0),
    PRIMARY KEY (percentage_id, area_code, period_end),
    CHECK ((status = 'reported') = (percent IS NOT NULL))
);

-- The newest release of each publication with a feed, and the month in which the one after it is due, where that is known.
CREATE VIEW next_release AS
WITH newest AS (
    SELECT s.publication, max(s.release) AS release, max(p.last_period) AS last_period, max_by(s.published, s.release) AS published
    FROM source s LEFT JOIN source_period p USING (source_id) WHERE s.origin = 'publisher' GROUP BY ALL
)
SELECT f.publication, n.release, n.last_period, f.look_at,
    make_date(year(n.last_period) + 1 + f.years_after, f.published_in, 1) AS due,
    f.no_date, coalesce(n.published, nullif(f.newest_published, '')) AS newest_published
FROM release_feed f LEFT JOIN newest n USING (publication);

-- ------------------------------------------------------------------------------------------------ inspections
CREATE TABLE cycle (
    cycle VARCHAR PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE,
    level VARCHAR NOT NULL CHECK (level IN ('pillar', 'area')),
    tiers INTEGER NOT NULL CHECK (tiers IN (4, 5)),
    scale VARCHAR NOT NULL,
    first_published VARCHAR,
    last_published VARCHAR,
    comparable_with_previous BOOLEAN,
    source_url VARCHAR NOT NULL
);

CREATE TABLE question (
    question VARCHAR PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE,
    level VARCHAR NOT NULL CHECK (level IN ('pillar', 'area')),
    short_title VARCHAR NOT NULL,
    definition VARCHAR NOT NULL
);

CREATE TABLE question_cycle (
    question VARCHAR NOT NULL REFERENCES question (question),
    cycle VARCHAR NOT NULL REFERENCES cycle (cycle),
    PRIMARY KEY (question, cycle)
);

CREATE TABLE grade (
    force_code VARCHAR NOT NULL REFERENCES force (force_code),
    cycle VARCHAR NOT NULL,
    level VARCHAR NOT NULL CHECK (level IN ('pillar', 'area')),
    question VARCHAR NOT NULL,
    grade VARCHAR REFERENCES grade_scale (grade),
    grade_order INTEGER,
    status VARCHAR NOT NULL REFERENCES grade_status (status),
    published VARCHAR CHECK (regexp_matches(published, '^\d{4}(-\d{2}(-\d{2})?)?$')),
    source_url VARCHAR,
    source_kind VARCHAR CHECK (source_kind IN ('hmicfrs', 'force_or_pcc', 'press')),
    source_id VARCHAR REFERENCES source (source_id),
    PRIMARY KEY (force_code, cycle, question),
    FOREIGN KEY (question, cycle) REFERENCES question_cycle (question, cycle),
    CHECK ((status = 'graded') = (grade IS NOT NULL)),
    CHECK ((grade IS NULL) = (grade_order IS NULL)),
    CHECK ((status IN ('graded', 'not_graded')) = (source_url IS NOT NULL))
);

CREATE TABLE grade_count (
    force_code VARCHAR NOT NULL REFERENCES force (force_code),
    cycle VARCHAR NOT NULL REFERENCES cycle (cycle),
    areas_graded INTEGER NOT NULL CHECK (areas_graded >= 0),
    outstanding INTEGER NOT NULL CHECK (outstanding >= 0),
    good INTEGER NOT NULL CHECK (good >= 0),
    adequate INTEGER NOT NULL CHECK (adequate >= 0),
    requires_improvement INTEGER NOT NULL CHECK (requires_improvement >= 0),
    inadequate INTEGER NOT NULL CHECK (inadequate >= 0),
    published VARCHAR CHECK (regexp_matches(published, '^\d{4}(-\d{2}(-\d{2})?)?$')),
    source_url VARCHAR NOT NULL,
    source_kind VARCHAR NOT NULL CHECK (source_kind IN ('hmicfrs', 'force_or_pcc', 'press')),
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    PRIMARY KEY (force_code, cycle),
    CHECK (areas_graded = outstanding + good + adequate + requires_improvement + inadequate)
);

-- Dates as precise as published (YYYY, YYYY-MM or ISO). What is computed from a month is a range: *_first and *_last, *_least and
-- *_most. Planned dates (*_due_*) are the inspectorate's, of national child protection inspections only.
CREATE TABLE inspection (
    inspection_id VARCHAR PRIMARY KEY,
    force_code VARCHAR NOT NULL REFERENCES force (force_code),
    kind VARCHAR NOT NULL CHECK (kind IN ('NCPI', 'NCPI post-inspection review', 'Child protection inspection (graded)')),
    inspected_from VARCHAR CHECK (regexp_matches(inspected_from, '^\d{4}(-\d{2}(-\d{2})?)?$')),
    inspected_to VARCHAR CHECK (regexp_matches(inspected_to, '^\d{4}(-\d{2}(-\d{2})?)?$')),
    published VARCHAR CHECK (regexp_matches(published, '^\d{4}(-\d{2}(-\d{2})?)?$')),
    cases_audited INTEGER CHECK (cases_audited > 0),
    cases_good INTEGER CHECK (cases_good >= 0),
    cases_requires_improvement INTEGER CHECK (cases_requires_improvement >= 0),
    cases_inadequate INTEGER CHECK (cases_inadequate >= 0),
    recommendations INTEGER CHECK (recommendations >= 0),
    follows VARCHAR,
    review_name VARCHAR,
    source_url VARCHAR NOT NULL,
    source_kind VARCHAR NOT NULL CHECK (source_kind IN ('hmicfrs', 'force_or_pcc', 'press')),
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    response_due_first DATE,
    response_due_last DATE,
    revisit_due_first DATE,
    revisit_due_last DATE,
    revisits INTEGER CHECK (revisits >= 0),
    revisits_undated INTEGER CHECK (revisits_undated >= 0),
    revisit_id VARCHAR,
    revisit_visit_from VARCHAR CHECK (regexp_matches(revisit_visit_from, '^\d{4}(-\d{2}(-\d{2})?)?$')),
    revisit_visit VARCHAR CHECK (regexp_matches(revisit_visit, '^\d{4}(-\d{2}(-\d{2})?)?$')),
    revisit_report VARCHAR CHECK (regexp_matches(revisit_report, '^\d{4}(-\d{2}(-\d{2})?)?$')),
    days_after_due_visit_least INTEGER,
    days_after_due_visit_most INTEGER,
    days_after_due_report_least INTEGER,
    days_after_due_report_most INTEGER,
    UNIQUE (inspection_id, force_code),
    CHECK (cases_good + cases_requires_improvement + cases_inadequate <= cases_audited),
    CHECK (response_due_first <= response_due_last AND revisit_due_first <= revisit_due_last),
    CHECK (kind = 'NCPI' OR (response_due_first IS NULL AND revisit_due_first IS NULL)),
    CHECK (revisits_undated <= revisits AND (revisits > 0) = (revisit_id IS NOT NULL)),
    CHECK (days_after_due_visit_least <= days_after_due_visit_most),
    CHECK (days_after_due_report_least <= days_after_due_report_most)
);

-- A review beside the inspection it follows: the share of audited case files at a grade, before and after, and what Boschloo's
-- exact test says of the difference (percentage points, with Newcombe's interval). Missing where a count was not published.
CREATE TABLE case_audit_change (
    review_id VARCHAR NOT NULL REFERENCES inspection (inspection_id),
    grade VARCHAR NOT NULL CHECK (grade IN ('good', 'inadequate')),
    inspection_id VARCHAR NOT NULL REFERENCES inspection (inspection_id),
    force_code VARCHAR NOT NULL REFERENCES force (force_code),
    files_before INTEGER CHECK (files_before >= 0),
    audited_before INTEGER CHECK (audited_before > 0),
    files_after INTEGER CHECK (files_after >= 0),
    audited_after INTEGER CHECK (audited_after > 0),
    difference DOUBLE CHECK (difference BETWEEN -100 AND 100),
    lower_95 DOUBLE,
    upper_95 DOUBLE,
    p_value DOUBLE CHECK (p_value BETWEEN 0 AND 1),
    verdict VARCHAR NOT NULL,
    PRIMARY KEY (review_id, grade),
    CHECK (lower_95 <= difference AND difference <= upper_95),
    CHECK ((difference IS NULL) = (p_value IS NULL)),
    CHECK (isfinite(difference) AND isfinite(lower_95) AND isfinite(upper_95) AND isfinite(p_value))
);

-- What belongs to an inspection is of its force.
CREATE TABLE inspection_grade (
    inspection_id VARCHAR NOT NULL,
    force_code VARCHAR NOT NULL REFERENCES force (force_code),
    area VARCHAR NOT NULL,
    grade VARCHAR NOT NULL REFERENCES grade_scale (grade),
    source_url VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    PRIMARY KEY (inspection_id, area),
    FOREIGN KEY (inspection_id, force_code) REFERENCES inspection (inspection_id, force_code)
);

CREATE TABLE recommendation (
    inspection_id VARCHAR NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    force_code VARCHAR NOT NULL REFERENCES force (force_code),
    due VARCHAR,
    theme VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    PRIMARY KEY (inspection_id, number),
    FOREIGN KEY (inspection_id, force_code) REFERENCES inspection (inspection_id, force_code)
);

CREATE TABLE monitoring_event (
    force_code VARCHAR NOT NULL REFERENCES force (force_code),
    event VARCHAR NOT NULL CHECK (event IN (
        'Engage started', 'Engage ended', 'Cause of concern issued', 'Causes of concern revisited', 'Cause of concern closed',
        'Remaining causes of concern closed')),
    topic VARCHAR NOT NULL,
    date VARCHAR NOT NULL CHECK (regexp_matches(date, '^\d{4}(-\d{2}(-\d{2})?)?$')),
    source_url VARCHAR NOT NULL,
    source_kind VARCHAR NOT NULL CHECK (source_kind IN ('hmicfrs', 'force_or_pcc', 'press')),
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    PRIMARY KEY (force_code, event, topic, date)
);

-- ------------------------------------------------------------------------------------------------ forces beside one another
-- What forces are alike by; ranked forces that have both figures complete. Periods: the newest of each figure.
CREATE TABLE force_feature (
    force_code VARCHAR PRIMARY KEY REFERENCES force (force_code),
    children BIGINT NOT NULL CHECK (children > 0),
    looked_after BIGINT NOT NULL CHECK (looked_after > 0),
    children_period DATE NOT NULL,
    looked_after_period DATE NOT NULL,
    authorities INTEGER NOT NULL CHECK (authorities > 0),
    looked_after_rate DOUBLE NOT NULL CHECK (looked_after_rate > 0),
    children_per_authority DOUBLE NOT NULL CHECK (children_per_authority > 0),
    CHECK (isfinite(looked_after_rate) AND isfinite(children_per_authority))
);

-- The forces nearest each, every other one of up to 51 forces, nearest first. Our own choice, not the Home Office's most similar groups.
CREATE TABLE nearest_neighbour (
    force_code VARCHAR NOT NULL REFERENCES force_feature (force_code),
    neighbour_code VARCHAR NOT NULL REFERENCES force_feature (force_code),
    position INTEGER NOT NULL CHECK (position >= 1),
    distance DOUBLE NOT NULL CHECK (distance >= 0),
    PRIMARY KEY (force_code, neighbour_code),
    UNIQUE (force_code, position),
    CHECK (force_code <> neighbour_code),
    CHECK (isfinite(distance))
);

-- The average of the forces most similar to each force, pooled over those whose figure is complete, and the force's verdict
-- against it, which rests on its own interval: no funnel is drawn over so few forces.
CREATE TABLE similar_average (
    force_code VARCHAR NOT NULL REFERENCES force_feature (force_code),
    measure_id VARCHAR NOT NULL REFERENCES measure (measure_id),
    period_end DATE NOT NULL,
    numerator BIGINT NOT NULL CHECK (numerator >= 0),
    denominator BIGINT NOT NULL CHECK (denominator > 0),
    average DOUBLE NOT NULL CHECK (average >= 0),
    forces_compared INTEGER NOT NULL CHECK (forces_compared >= 3),
    forces_left_out INTEGER NOT NULL CHECK (forces_left_out >= 0),
    verdict VARCHAR NOT NULL,
    verdict_basis VARCHAR NOT NULL,
    PRIMARY KEY (force_code, measure_id, period_end),
    CHECK (isfinite(average))
);

-- Kendall's tau-b between the ordered grade on a question and a measure, over the forces that have both; a percentile bootstrap
-- interval. Positive where worse grades go with higher figures. Missing where it cannot be said.
CREATE TABLE grade_association (
    question VARCHAR NOT NULL,
    cycle VARCHAR NOT NULL,
    measure_id VARCHAR NOT NULL REFERENCES measure (measure_id),
    period_end DATE NOT NULL,
    forces INTEGER NOT NULL CHECK (forces >= 0),
    tau_b DOUBLE CHECK (tau_b BETWEEN -1 AND 1),
    lower_95 DOUBLE,
    upper_95 DOUBLE,
    PRIMARY KEY (question, cycle, measure_id, period_end),
    FOREIGN KEY (question, cycle) REFERENCES question_cycle (question, cycle),
    CHECK ((tau_b IS NULL) = (lower_95 IS NULL) AND (tau_b IS NULL) = (upper_95 IS NULL)),
    CHECK (lower_95 <= upper_95),
    CHECK (isfinite(tau_b) AND isfinite(lower_95) AND isfinite(upper_95))
);

-- ------------------------------------------------------------------------------------------------ the build itself
CREATE TABLE build (
    build_id VARCHAR PRIMARY KEY,
    built_at TIMESTAMP NOT NULL,
    code_version VARCHAR NOT NULL,
    schema_version VARCHAR NOT NULL CHECK (length(schema_version) = 12),
    content_hash VARCHAR NOT NULL,
    rows_by_table JSON NOT NULL,
    duration DOUBLE NOT NULL CHECK (duration >= 0),
    CHECK (isfinite(duration))
);

CREATE TABLE check_result (
    check_id VARCHAR PRIMARY KEY,
    passed BOOLEAN NOT NULL,
    severity VARCHAR NOT NULL CHECK (severity IN ('error', 'warning')),
    detail VARCHAR NOT NULL,
    expected VARCHAR NOT NULL,
    found VARCHAR NOT NULL
);

-- Rows of a file that were left out although the file was taken: a judgment that a file of a user gives too stands there.
CREATE TABLE reject (
    file VARCHAR NOT NULL,
    row_number INTEGER NOT NULL,
    "column" VARCHAR,
    value VARCHAR,
    reason VARCHAR NOT NULL
);

-- ------------------------------------------------------------------------------------------------ about the tables
-- The rules above as rows, for those who check or document them; a shared warehouse, which cannot hold rules, keeps these rows.
-- Then the references of the largest tables, which their definitions leave out: DuckDB would ask for each row as it goes in and keep
-- an index of every reference, a tenth of the time of a build and of its file. A check asks of all rows at once
-- (``references_known`` in etl/checks.py) and refuses the build. A new reference of such a table belongs here.
CREATE SCHEMA about;

CREATE VIEW about.rule AS
SELECT table_name, constraint_type, constraint_column_names AS columns, referenced_table, referenced_column_names AS referenced,
    expression
FROM duckdb_constraints()
WHERE database_name = current_database() AND schema_name = 'main' AND constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY', 'CHECK')
UNION ALL
SELECT * FROM (VALUES
    ('observation', 'FOREIGN KEY', ['figure_id'], 'figure', ['figure_id'], NULL),
    ('observation', 'FOREIGN KEY', ['status'], 'figure_status', ['status'], NULL),
    ('observation', 'FOREIGN KEY', ['source_id'], 'source', ['source_id'], NULL),
    ('indicator', 'FOREIGN KEY', ['measure_id'], 'measure', ['measure_id'], NULL),
    ('indicator', 'FOREIGN KEY', ['status'], 'figure_status', ['status'], NULL),
    ('indicator_as_of', 'FOREIGN KEY', ['measure_id'], 'measure', ['measure_id'], NULL),
    ('indicator_as_of', 'FOREIGN KEY', ['status'], 'figure_status', ['status'], NULL)
);
