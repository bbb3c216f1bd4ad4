-- Golden 1.0.0 (sha256:b4f809b94e7154d2bba660ce7316e071be5bb57c25577f48dcd371f59bd73386), for PostgreSQL: one row a prospect of crm.accounts.
--   id: ID
--   name: Company
--   notes: Notes
--   staff: Employees
--   sellers: Sales "team"
--   led_by: Led by
--   attained: Attainment
--   age: Age
--   revenue: Revenue
--   trade: Trade
-- No column feeds realistic: unknown unless inferred.
CREATE VIEW psm_fit AS
WITH "source" AS MATERIALIZED (
  SELECT
    CAST("ID" AS TEXT) AS "id",
    CAST("Company" AS TEXT) AS "name",
    CAST("Notes" AS TEXT) AS "notes",
    CAST("Employees" AS TEXT) AS "staff",
    CAST("Sales ""team""" AS TEXT) AS "sellers",
    CAST("Led by" AS TEXT) AS "led_by",
    CAST("Attainment" AS TEXT) AS "attained",
    CAST("Age" AS TEXT) AS "age",
    CAST("Revenue" AS TEXT) AS "revenue",
    CAST("Trade" AS TEXT) AS "trade"
  FROM crm.accounts
), "bounding_1" AS MATERIALIZED (
  SELECT
    *,
    COALESCE(
      REGEXP_SUBSTR(
        "staff",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?)?$',
        1,
        1,
        'i',
        1
      ),
      ''
    ) AS "staff__usual__low",
    COALESCE(
      REGEXP_SUBSTR(
        "staff",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?)?$',
        1,
        1,
        'i',
        2
      ),
      ''
    ) AS "staff__usual__low_suffix",
    COALESCE(
      REGEXP_SUBSTR(
        "staff",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?)?$',
        1,
        1,
        'i',
        3
      ),
      ''
    ) AS "staff__usual__high",
    COALESCE(
      REGEXP_SUBSTR(
        "staff",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?)?$',
        1,
        1,
        'i',
        4
      ),
      ''
    ) AS "staff__usual__high_suffix"
  FROM "source"
), "bounding_2" AS MATERIALIZED (
  SELECT
    *,
    "staff__usual__low" <> ''
    AND POSITION(',' IN "staff__usual__low") <= 4
    AND POSITION(',' IN "staff__usual__high") <= 4 AS "staff__is_usual"
  FROM "bounding_1"
), "bounding_3" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN "staff__is_usual"
      THEN NULL
      ELSE CASE
        WHEN "staff" ~ '[^ -~]|  '
        THEN LOWER(
          TRIM(
            REGEXP_REPLACE(
              "staff",
              '[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+',
              ' ',
              'g'
            )
          )
        )
        ELSE LOWER(TRIM("staff"))
      END
    END AS "staff__text"
  FROM "bounding_2"
), "bounding_4" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN "staff__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "staff__text" ~ '[^ -~]'
            THEN TRANSLATE("staff__text", '‐‑‒–—−', '------')
            ELSE "staff__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          1
        ),
        ''
      )
    END AS "staff__part__before",
    CASE
      WHEN "staff__is_usual"
      THEN "staff__usual__low"
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "staff__text" ~ '[^ -~]'
            THEN TRANSLATE("staff__text", '‐‑‒–—−', '------')
            ELSE "staff__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          2
        ),
        ''
      )
    END AS "staff__part__low",
    CASE
      WHEN "staff__is_usual"
      THEN LOWER("staff__usual__low_suffix")
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "staff__text" ~ '[^ -~]'
            THEN TRANSLATE("staff__text", '‐‑‒–—−', '------')
            ELSE "staff__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          3
        ),
        ''
      )
    END AS "staff__part__low_suffix",
    CASE
      WHEN "staff__is_usual"
      THEN "staff__usual__high"
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "staff__text" ~ '[^ -~]'
            THEN TRANSLATE("staff__text", '‐‑‒–—−', '------')
            ELSE "staff__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          4
        ),
        ''
      )
    END AS "staff__part__high",
    CASE
      WHEN "staff__is_usual"
      THEN LOWER("staff__usual__high_suffix")
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "staff__text" ~ '[^ -~]'
            THEN TRANSLATE("staff__text", '‐‑‒–—−', '------')
            ELSE "staff__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          5
        ),
        ''
      )
    END AS "staff__part__high_suffix",
    CASE
      WHEN "staff__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "staff__text" ~ '[^ -~]'
            THEN TRANSLATE("staff__text", '‐‑‒–—−', '------')
            ELSE "staff__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          6
        ),
        ''
      )
    END AS "staff__part__after",
    CASE
      WHEN "staff__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "staff__text" ~ '[^ -~]'
            THEN TRANSLATE("staff__text", '‐‑‒–—−', '------')
            ELSE "staff__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          7
        ),
        ''
      )
    END AS "staff__part__last_suffix",
    CASE
      WHEN "staff__is_usual"
      THEN FALSE
      ELSE (
        "staff" IS NULL
        OR "staff" ~* '^(?:[^[:alnum:]]*|[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*(?:\#n/a|\(blank\)|\(no[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+value\)|\-\-none\-\-|\[not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided\]|n/a|na|nan|nil|none|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+available|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+known|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+specified|null|select|tba|tbd|unknown)[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*)$'
      )
      AND NOT FALSE
    END AS "staff__blank"
  FROM "bounding_3"
), "bounding_5" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN ABS(
        ROUND(
          CAST(CASE "staff__part__low"
            WHEN ''
            THEN NULL
            WHEN 'zero'
            THEN '0'
            WHEN 'one'
            THEN '1'
            WHEN 'two'
            THEN '2'
            WHEN 'three'
            THEN '3'
            WHEN 'four'
            THEN '4'
            WHEN 'five'
            THEN '5'
            WHEN 'six'
            THEN '6'
            WHEN 'seven'
            THEN '7'
            WHEN 'eight'
            THEN '8'
            WHEN 'nine'
            THEN '9'
            WHEN 'ten'
            THEN '10'
            WHEN 'eleven'
            THEN '11'
            WHEN 'twelve'
            THEN '12'
            ELSE CASE
              WHEN STRPOS("staff__part__low", ',') > 0
              THEN REPLACE("staff__part__low", ',', '')
              ELSE "staff__part__low"
            END
          END AS DECIMAL),
          18
        )
      ) < 10000000000000000000
      THEN ROUND(
        CAST(CASE "staff__part__low"
          WHEN ''
          THEN NULL
          WHEN 'zero'
          THEN '0'
          WHEN 'one'
          THEN '1'
          WHEN 'two'
          THEN '2'
          WHEN 'three'
          THEN '3'
          WHEN 'four'
          THEN '4'
          WHEN 'five'
          THEN '5'
          WHEN 'six'
          THEN '6'
          WHEN 'seven'
          THEN '7'
          WHEN 'eight'
          THEN '8'
          WHEN 'nine'
          THEN '9'
          WHEN 'ten'
          THEN '10'
          WHEN 'eleven'
          THEN '11'
          WHEN 'twelve'
          THEN '12'
          ELSE CASE
            WHEN STRPOS("staff__part__low", ',') > 0
            THEN REPLACE("staff__part__low", ',', '')
            ELSE "staff__part__low"
          END
        END AS DECIMAL),
        18
      )
    END AS "staff__low_number",
    CASE
      WHEN ABS(
        ROUND(
          CAST(CASE "staff__part__high"
            WHEN ''
            THEN NULL
            WHEN 'zero'
            THEN '0'
            WHEN 'one'
            THEN '1'
            WHEN 'two'
            THEN '2'
            WHEN 'three'
            THEN '3'
            WHEN 'four'
            THEN '4'
            WHEN 'five'
            THEN '5'
            WHEN 'six'
            THEN '6'
            WHEN 'seven'
            THEN '7'
            WHEN 'eight'
            THEN '8'
            WHEN 'nine'
            THEN '9'
            WHEN 'ten'
            THEN '10'
            WHEN 'eleven'
            THEN '11'
            WHEN 'twelve'
            THEN '12'
            ELSE CASE
              WHEN STRPOS("staff__part__high", ',') > 0
              THEN REPLACE("staff__part__high", ',', '')
              ELSE "staff__part__high"
            END
          END AS DECIMAL),
          18
        )
      ) < 10000000000000000000
      THEN ROUND(
        CAST(CASE "staff__part__high"
          WHEN ''
          THEN NULL
          WHEN 'zero'
          THEN '0'
          WHEN 'one'
          THEN '1'
          WHEN 'two'
          THEN '2'
          WHEN 'three'
          THEN '3'
          WHEN 'four'
          THEN '4'
          WHEN 'five'
          THEN '5'
          WHEN 'six'
          THEN '6'
          WHEN 'seven'
          THEN '7'
          WHEN 'eight'
          THEN '8'
          WHEN 'nine'
          THEN '9'
          WHEN 'ten'
          THEN '10'
          WHEN 'eleven'
          THEN '11'
          WHEN 'twelve'
          THEN '12'
          ELSE CASE
            WHEN STRPOS("staff__part__high", ',') > 0
            THEN REPLACE("staff__part__high", ',', '')
            ELSE "staff__part__high"
          END
        END AS DECIMAL),
        18
      )
    END AS "staff__high_number"
  FROM "bounding_4"
), "bounding_6" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN "staff__part__low_suffix" = ''
      AND "staff__part__high_suffix" <> ''
      AND "staff__low_number" <= "staff__high_number"
      THEN "staff__part__high_suffix"
      WHEN "staff__part__low_suffix" <> ''
      THEN "staff__part__low_suffix"
      ELSE "staff__part__last_suffix"
    END AS "staff__low_suffix"
  FROM "bounding_5"
), "bounding_7" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN "staff__low_suffix" = ''
      THEN "staff__low_number"
      ELSE CASE
        WHEN ABS(
          ROUND(
            CAST((
              CASE
                WHEN STRPOS("staff__part__low", 'e') > 0
                THEN CAST("staff__low_number" AS TEXT)
                ELSE CASE "staff__part__low"
                  WHEN ''
                  THEN NULL
                  WHEN 'zero'
                  THEN '0'
                  WHEN 'one'
                  THEN '1'
                  WHEN 'two'
                  THEN '2'
                  WHEN 'three'
                  THEN '3'
                  WHEN 'four'
                  THEN '4'
                  WHEN 'five'
                  THEN '5'
                  WHEN 'six'
                  THEN '6'
                  WHEN 'seven'
                  THEN '7'
                  WHEN 'eight'
                  THEN '8'
                  WHEN 'nine'
                  THEN '9'
                  WHEN 'ten'
                  THEN '10'
                  WHEN 'eleven'
                  THEN '11'
                  WHEN 'twelve'
                  THEN '12'
                  ELSE CASE
                    WHEN STRPOS("staff__part__low", ',') > 0
                    THEN REPLACE("staff__part__low", ',', '')
                    ELSE "staff__part__low"
                  END
                END
              END
            ) || CASE "staff__low_suffix" WHEN 'k' THEN 'e3' ELSE NULL END AS DECIMAL),
            18
          )
        ) < 10000000000000000000
        THEN ROUND(
          CAST((
            CASE
              WHEN STRPOS("staff__part__low", 'e') > 0
              THEN CAST("staff__low_number" AS TEXT)
              ELSE CASE "staff__part__low"
                WHEN ''
                THEN NULL
                WHEN 'zero'
                THEN '0'
                WHEN 'one'
                THEN '1'
                WHEN 'two'
                THEN '2'
                WHEN 'three'
                THEN '3'
                WHEN 'four'
                THEN '4'
                WHEN 'five'
                THEN '5'
                WHEN 'six'
                THEN '6'
                WHEN 'seven'
                THEN '7'
                WHEN 'eight'
                THEN '8'
                WHEN 'nine'
                THEN '9'
                WHEN 'ten'
                THEN '10'
                WHEN 'eleven'
                THEN '11'
                WHEN 'twelve'
                THEN '12'
                ELSE CASE
                  WHEN STRPOS("staff__part__low", ',') > 0
                  THEN REPLACE("staff__part__low", ',', '')
                  ELSE "staff__part__low"
                END
              END
            END
          ) || CASE "staff__low_suffix" WHEN 'k' THEN 'e3' ELSE NULL END AS DECIMAL),
          18
        )
      END
    END AS "staff__first",
    CASE
      WHEN "staff__part__high_suffix" = ''
      THEN "staff__high_number"
      ELSE CASE
        WHEN ABS(
          ROUND(
            CAST((
              CASE
                WHEN STRPOS("staff__part__high", 'e') > 0
                THEN CAST("staff__high_number" AS TEXT)
                ELSE CASE "staff__part__high"
                  WHEN ''
                  THEN NULL
                  WHEN 'zero'
                  THEN '0'
                  WHEN 'one'
                  THEN '1'
                  WHEN 'two'
                  THEN '2'
                  WHEN 'three'
                  THEN '3'
                  WHEN 'four'
                  THEN '4'
                  WHEN 'five'
                  THEN '5'
                  WHEN 'six'
                  THEN '6'
                  WHEN 'seven'
                  THEN '7'
                  WHEN 'eight'
                  THEN '8'
                  WHEN 'nine'
                  THEN '9'
                  WHEN 'ten'
                  THEN '10'
                  WHEN 'eleven'
                  THEN '11'
                  WHEN 'twelve'
                  THEN '12'
                  ELSE CASE
                    WHEN STRPOS("staff__part__high", ',') > 0
                    THEN REPLACE("staff__part__high", ',', '')
                    ELSE "staff__part__high"
                  END
                END
              END
            ) || CASE "staff__part__high_suffix" WHEN 'k' THEN 'e3' ELSE NULL END AS DECIMAL),
            18
          )
        ) < 10000000000000000000
        THEN ROUND(
          CAST((
            CASE
              WHEN STRPOS("staff__part__high", 'e') > 0
              THEN CAST("staff__high_number" AS TEXT)
              ELSE CASE "staff__part__high"
                WHEN ''
                THEN NULL
                WHEN 'zero'
                THEN '0'
                WHEN 'one'
                THEN '1'
                WHEN 'two'
                THEN '2'
                WHEN 'three'
                THEN '3'
                WHEN 'four'
                THEN '4'
                WHEN 'five'
                THEN '5'
                WHEN 'six'
                THEN '6'
                WHEN 'seven'
                THEN '7'
                WHEN 'eight'
                THEN '8'
                WHEN 'nine'
                THEN '9'
                WHEN 'ten'
                THEN '10'
                WHEN 'eleven'
                THEN '11'
                WHEN 'twelve'
                THEN '12'
                ELSE CASE
                  WHEN STRPOS("staff__part__high", ',') > 0
                  THEN REPLACE("staff__part__high", ',', '')
                  ELSE "staff__part__high"
                END
              END
            END
          ) || CASE "staff__part__high_suffix" WHEN 'k' THEN 'e3' ELSE NULL END AS DECIMAL),
          18
        )
      END
    END AS "staff__last"
  FROM "bounding_6"
), "bounding_8" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN "staff__first" IS NULL
      OR (
        "staff__part__high" <> '' AND "staff__last" IS NULL
      )
      THEN ''
      WHEN "staff__part__after" <> '' AND "staff__part__before" <> ''
      THEN ''
      WHEN "staff__part__last_suffix" <> ''
      AND (
        "staff__part__low_suffix" <> '' OR "staff__part__after" = ''
      )
      THEN ''
      WHEN "staff__part__high" <> ''
      THEN CASE
        WHEN CASE "staff__part__before"
          WHEN ''
          THEN TRUE
          WHEN 'about'
          THEN TRUE
          WHEN '~'
          THEN TRUE
          ELSE FALSE
        END
        AND "staff__part__after" = ''
        AND "staff__first" <= "staff__last"
        THEN '-'
        ELSE ''
      END
      WHEN "staff__part__after" <> ''
      THEN CASE "staff__part__after"
        WHEN '>='
        THEN '>='
        WHEN '≥'
        THEN '>='
        WHEN 'at least'
        THEN '>='
        WHEN '+'
        THEN '>='
        WHEN 'or more'
        THEN '>='
        WHEN '>'
        THEN '>'
        WHEN 'more than'
        THEN '>'
        WHEN 'over'
        THEN '>'
        WHEN '<='
        THEN '<='
        WHEN '≤'
        THEN '<='
        WHEN 'at most'
        THEN '<='
        WHEN 'up to'
        THEN '<='
        WHEN 'or fewer'
        THEN '<='
        WHEN 'or less'
        THEN '<='
        WHEN '<'
        THEN '<'
        WHEN 'less than'
        THEN '<'
        WHEN 'fewer than'
        THEN '<'
        WHEN 'under'
        THEN '<'
        ELSE ''
      END
      ELSE CASE "staff__part__before"
        WHEN '>='
        THEN '>='
        WHEN '≥'
        THEN '>='
        WHEN 'at least'
        THEN '>='
        WHEN '+'
        THEN '>='
        WHEN 'or more'
        THEN '>='
        WHEN '>'
        THEN '>'
        WHEN 'more than'
        THEN '>'
        WHEN 'over'
        THEN '>'
        WHEN '<='
        THEN '<='
        WHEN '≤'
        THEN '<='
        WHEN 'at most'
        THEN '<='
        WHEN 'up to'
        THEN '<='
        WHEN 'or fewer'
        THEN '<='
        WHEN 'or less'
        THEN '<='
        WHEN '<'
        THEN '<'
        WHEN 'less than'
        THEN '<'
        WHEN 'fewer than'
        THEN '<'
        WHEN 'under'
        THEN '<'
        ELSE '='
      END
    END AS "staff__bound"
  FROM "bounding_7"
), "bounding_9" AS MATERIALIZED (
  SELECT
    *,
    CASE "staff__bound"
      WHEN '='
      THEN "staff__first"
      WHEN '-'
      THEN "staff__first"
      WHEN '>='
      THEN "staff__first"
      WHEN '>'
      THEN "staff__first" + CAST(0.000000000000000001 AS DECIMAL(37, 18))
    END AS "staff__low",
    CASE "staff__bound"
      WHEN '='
      THEN "staff__first"
      WHEN '-'
      THEN "staff__last"
      WHEN '<='
      THEN "staff__first"
      WHEN '<'
      THEN "staff__first" - CAST(0.000000000000000001 AS DECIMAL(37, 18))
    END AS "staff__high",
    NOT "staff__blank" AND NOT FALSE AND "staff__bound" = '' AS "staff__odd"
  FROM "bounding_8"
), "searched" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN "notes" ~ '[^ -~]|  '
      THEN LOWER(
        TRIM(
          REGEXP_REPLACE(
            "notes",
            '[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+',
            ' ',
            'g'
          )
        )
      )
      ELSE LOWER(TRIM("notes"))
    END AS "notes__searched"
  FROM "bounding_9"
), "split" AS MATERIALIZED (
  SELECT
    *,
    REGEXP_SPLIT_TO_ARRAY("notes__searched", '[.!?;]+ ') AS "notes__searched__sentences"
  FROM "searched"
), "sentences" AS MATERIALIZED (
  SELECT
    *,
    (
      ARRAY(SELECT
        part
      FROM UNNEST("notes__searched__sentences") AS _t0(part)
      WHERE
        part ~* '([0-9A-Za-z_]+) (?:reps|sellers)(?:(?<![0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<=[0-9A-Za-z_])(?![0-9A-Za-z_]))'
        AND NOT part ~* 'quit')
    )[1] AS "sellers__candidate_1__sentence"
  FROM "split"
), "candidates" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN (
        "sellers" IS NULL
        OR "sellers" ~* '^(?:[^[:alnum:]]*|[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*(?:\#n/a|\(blank\)|\(no[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+value\)|\-\-none\-\-|\[not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided\]|n/a|na|nan|nil|none|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+available|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+known|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+specified|null|select|tba|tbd|unknown)[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*)$'
      )
      AND NOT "sellers__candidate_1__sentence" IS NULL
      THEN COALESCE(
        REGEXP_SUBSTR(
          "sellers__candidate_1__sentence",
          '([0-9A-Za-z_]+) (?:reps|sellers)(?:(?<![0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<=[0-9A-Za-z_])(?![0-9A-Za-z_]))',
          1,
          1,
          'i',
          1
        ),
        ''
      )
    END AS "sellers__candidate_1",
    CASE
      WHEN (
        "sellers" IS NULL
        OR "sellers" ~* '^(?:[^[:alnum:]]*|[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*(?:\#n/a|\(blank\)|\(no[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+value\)|\-\-none\-\-|\[not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided\]|n/a|na|nan|nil|none|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+available|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+known|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+specified|null|select|tba|tbd|unknown)[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*)$'
      )
      AND NOT "staff__high" IS NULL
      THEN 'at most ' || CAST("staff__high" AS TEXT)
    END AS "sellers__candidate_2",
    CASE
      WHEN (
        (
          "led_by" IS NULL
          OR "led_by" ~* '^(?:[^[:alnum:]]*|[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*(?:\#n/a|\(blank\)|\(no[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+value\)|\-\-none\-\-|\[not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided\]|n/a|na|nan|nil|none|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+available|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+known|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+specified|null|select|tba|tbd|unknown)[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*)$'
        )
        AND NOT CASE CASE
            WHEN "led_by" ~ '[^ -~]|  '
            THEN LOWER(
              TRIM(
                REGEXP_REPLACE(
                  "led_by",
                  '[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+',
                  ' ',
                  'g'
                )
              )
            )
            ELSE LOWER(TRIM("led_by"))
          END
          WHEN 'none'
          THEN TRUE
          ELSE FALSE
        END
      )
      AND "notes__searched" ~* 'nobody leads'
      THEN 'nobody'
    END AS "led_by__candidate_1"
  FROM "sentences"
), "candidates_read_1" AS MATERIALIZED (
  SELECT
    *,
    COALESCE(
      REGEXP_SUBSTR(
        "sellers__candidate_1",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?)?$',
        1,
        1,
        'i',
        1
      ),
      ''
    ) AS "sellers__candidate_1__usual__low",
    COALESCE(
      REGEXP_SUBSTR(
        "sellers__candidate_1",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?)?$',
        1,
        1,
        'i',
        2
      ),
      ''
    ) AS "sellers__candidate_1__usual__low_suffix",
    COALESCE(
      REGEXP_SUBSTR(
        "sellers__candidate_1",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?)?$',
        1,
        1,
        'i',
        3
      ),
      ''
    ) AS "sellers__candidate_1__usual__high",
    COALESCE(
      REGEXP_SUBSTR(
        "sellers__candidate_1",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?)?$',
        1,
        1,
        'i',
        4
      ),
      ''
    ) AS "sellers__candidate_1__usual__high_suffix"
  FROM "candidates"
), "candidates_read_2" AS MATERIALIZED (
  SELECT
    *,
    "sellers__candidate_1__usual__low" <> ''
    AND POSITION(',' IN "sellers__candidate_1__usual__low") <= 4
    AND POSITION(',' IN "sellers__candidate_1__usual__high") <= 4 AS "sellers__candidate_1__is_usual"
  FROM "candidates_read_1"
), "candidates_read_3" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN "sellers__candidate_1__is_usual"
      THEN NULL
      ELSE CASE
        WHEN "sellers__candidate_1" ~ '[^ -~]|  '
        THEN LOWER(
          TRIM(
            REGEXP_REPLACE(
              "sellers__candidate_1",
              '[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+',
              ' ',
              'g'
            )
          )
        )
        ELSE LOWER(TRIM("sellers__candidate_1"))
      END
    END AS "sellers__candidate_1__text"
  FROM "candidates_read_2"
), "candidates_read_4" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN "sellers__candidate_1__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "sellers__candidate_1__text" ~ '[^ -~]'
            THEN TRANSLATE("sellers__candidate_1__text", '‐‑‒–—−', '------')
            ELSE "sellers__candidate_1__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()(?: ?(?:reps))?$',
          1,
          1,
          '',
          1
        ),
        ''
      )
    END AS "sellers__candidate_1__part__before",
    CASE
      WHEN "sellers__candidate_1__is_usual"
      THEN "sellers__candidate_1__usual__low"
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "sellers__candidate_1__text" ~ '[^ -~]'
            THEN TRANSLATE("sellers__candidate_1__text", '‐‑‒–—−', '------')
            ELSE "sellers__candidate_1__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()(?: ?(?:reps))?$',
          1,
          1,
          '',
          2
        ),
        ''
      )
    END AS "sellers__candidate_1__part__low",
    CASE
      WHEN "sellers__candidate_1__is_usual"
      THEN LOWER("sellers__candidate_1__usual__low_suffix")
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "sellers__candidate_1__text" ~ '[^ -~]'
            THEN TRANSLATE("sellers__candidate_1__text", '‐‑‒–—−', '------')
            ELSE "sellers__candidate_1__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()(?: ?(?:reps))?$',
          1,
          1,
          '',
          3
        ),
        ''
      )
    END AS "sellers__candidate_1__part__low_suffix",
    CASE
      WHEN "sellers__candidate_1__is_usual"
      THEN "sellers__candidate_1__usual__high"
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "sellers__candidate_1__text" ~ '[^ -~]'
            THEN TRANSLATE("sellers__candidate_1__text", '‐‑‒–—−', '------')
            ELSE "sellers__candidate_1__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()(?: ?(?:reps))?$',
          1,
          1,
          '',
          4
        ),
        ''
      )
    END AS "sellers__candidate_1__part__high",
    CASE
      WHEN "sellers__candidate_1__is_usual"
      THEN LOWER("sellers__candidate_1__usual__high_suffix")
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "sellers__candidate_1__text" ~ '[^ -~]'
            THEN TRANSLATE("sellers__candidate_1__text", '‐‑‒–—−', '------')
            ELSE "sellers__candidate_1__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()(?: ?(?:reps))?$',
          1,
          1,
          '',
          5
        ),
        ''
      )
    END AS "sellers__candidate_1__part__high_suffix",
    CASE
      WHEN "sellers__candidate_1__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "sellers__candidate_1__text" ~ '[^ -~]'
            THEN TRANSLATE("sellers__candidate_1__text", '‐‑‒–—−', '------')
            ELSE "sellers__candidate_1__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()(?: ?(?:reps))?$',
          1,
          1,
          '',
          6
        ),
        ''
      )
    END AS "sellers__candidate_1__part__after",
    CASE
      WHEN "sellers__candidate_1__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "sellers__candidate_1__text" ~ '[^ -~]'
            THEN TRANSLATE("sellers__candidate_1__text", '‐‑‒–—−', '------')
            ELSE "sellers__candidate_1__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()(?: ?(?:reps))?$',
          1,
          1,
          '',
          7
        ),
        ''
      )
    END AS "sellers__candidate_1__part__last_suffix",
    CASE
      WHEN "sellers__candidate_1__is_usual"
      THEN FALSE
      ELSE (
        "sellers__candidate_1" IS NULL
        OR "sellers__candidate_1" ~* '^(?:[^[:alnum:]]*|[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*(?:\#n/a|\(blank\)|\(no[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+value\)|\-\-none\-\-|\[not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided\]|n/a|na|nan|nil|none|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+available|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+known|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+specified|null|select|tba|tbd|unknown)[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*)$'
      )
      AND NOT CASE "sellers__candidate_1__text" WHEN 'just me' THEN TRUE ELSE FALSE END
    END AS "sellers__candidate_1__blank"
  FROM "candidates_read_3"
), "candidates_read_5" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN ABS(
        ROUND(
          CAST(CASE "sellers__candidate_1__part__low"
            WHEN ''
            THEN NULL
            WHEN 'zero'
            THEN '0'
            WHEN 'one'
            THEN '1'
            WHEN 'two'
            THEN '2'
            WHEN 'three'
            THEN '3'
            WHEN 'four'
            THEN '4'
            WHEN 'five'
            THEN '5'
            WHEN 'six'
            THEN '6'
            WHEN 'seven'
            THEN '7'
            WHEN 'eight'
            THEN '8'
            WHEN 'nine'
            THEN '9'
            WHEN 'ten'
            THEN '10'
            WHEN 'eleven'
            THEN '11'
            WHEN 'twelve'
            THEN '12'
            ELSE CASE
              WHEN STRPOS("sellers__candidate_1__part__low", ',') > 0
              THEN REPLACE("sellers__candidate_1__part__low", ',', '')
              ELSE "sellers__candidate_1__part__low"
            END
          END AS DECIMAL),
          18
        )
      ) < 10000000000000000000
      THEN ROUND(
        CAST(CASE "sellers__candidate_1__part__low"
          WHEN ''
          THEN NULL
          WHEN 'zero'
          THEN '0'
          WHEN 'one'
          THEN '1'
          WHEN 'two'
          THEN '2'
          WHEN 'three'
          THEN '3'
          WHEN 'four'
          THEN '4'
          WHEN 'five'
          THEN '5'
          WHEN 'six'
          THEN '6'
          WHEN 'seven'
          THEN '7'
          WHEN 'eight'
          THEN '8'
          WHEN 'nine'
          THEN '9'
          WHEN 'ten'
          THEN '10'
          WHEN 'eleven'
          THEN '11'
          WHEN 'twelve'
          THEN '12'
          ELSE CASE
            WHEN STRPOS("sellers__candidate_1__part__low", ',') > 0
            THEN REPLACE("sellers__candidate_1__part__low", ',', '')
            ELSE "sellers__candidate_1__part__low"
          END
        END AS DECIMAL),
        18
      )
    END AS "sellers__candidate_1__low_number",
    CASE
      WHEN ABS(
        ROUND(
          CAST(CASE "sellers__candidate_1__part__high"
            WHEN ''
            THEN NULL
            WHEN 'zero'
            THEN '0'
            WHEN 'one'
            THEN '1'
            WHEN 'two'
            THEN '2'
            WHEN 'three'
            THEN '3'
            WHEN 'four'
            THEN '4'
            WHEN 'five'
            THEN '5'
            WHEN 'six'
            THEN '6'
            WHEN 'seven'
            THEN '7'
            WHEN 'eight'
            THEN '8'
            WHEN 'nine'
            THEN '9'
            WHEN 'ten'
            THEN '10'
            WHEN 'eleven'
            THEN '11'
            WHEN 'twelve'
            THEN '12'
            ELSE CASE
              WHEN STRPOS("sellers__candidate_1__part__high", ',') > 0
              THEN REPLACE("sellers__candidate_1__part__high", ',', '')
              ELSE "sellers__candidate_1__part__high"
            END
          END AS DECIMAL),
          18
        )
      ) < 10000000000000000000
      THEN ROUND(
        CAST(CASE "sellers__candidate_1__part__high"
          WHEN ''
          THEN NULL
          WHEN 'zero'
          THEN '0'
          WHEN 'one'
          THEN '1'
          WHEN 'two'
          THEN '2'
          WHEN 'three'
          THEN '3'
          WHEN 'four'
          THEN '4'
          WHEN 'five'
          THEN '5'
          WHEN 'six'
          THEN '6'
          WHEN 'seven'
          THEN '7'
          WHEN 'eight'
          THEN '8'
          WHEN 'nine'
          THEN '9'
          WHEN 'ten'
          THEN '10'
          WHEN 'eleven'
          THEN '11'
          WHEN 'twelve'
          THEN '12'
          ELSE CASE
            WHEN STRPOS("sellers__candidate_1__part__high", ',') > 0
            THEN REPLACE("sellers__candidate_1__part__high", ',', '')
            ELSE "sellers__candidate_1__part__high"
          END
        END AS DECIMAL),
        18
      )
    END AS "sellers__candidate_1__high_number"
  FROM "candidates_read_4"
), "candidates_read_6" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN "sellers__candidate_1__part__low_suffix" = ''
      AND "sellers__candidate_1__part__high_suffix" <> ''
      AND "sellers__candidate_1__low_number" <= "sellers__candidate_1__high_number"
      THEN "sellers__candidate_1__part__high_suffix"
      WHEN "sellers__candidate_1__part__low_suffix" <> ''
      THEN "sellers__candidate_1__part__low_suffix"
      ELSE "sellers__candidate_1__part__last_suffix"
    END AS "sellers__candidate_1__low_suffix"
  FROM "candidates_read_5"
), "candidates_read_7" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN "sellers__candidate_1__low_suffix" = ''
      THEN "sellers__candidate_1__low_number"
      ELSE CASE
        WHEN ABS(
          ROUND(
            CAST((
              CASE
                WHEN STRPOS("sellers__candidate_1__part__low", 'e') > 0
                THEN CAST("sellers__candidate_1__low_number" AS TEXT)
                ELSE CASE "sellers__candidate_1__part__low"
                  WHEN ''
                  THEN NULL
                  WHEN 'zero'
                  THEN '0'
                  WHEN 'one'
                  THEN '1'
                  WHEN 'two'
                  THEN '2'
                  WHEN 'three'
                  THEN '3'
                  WHEN 'four'
                  THEN '4'
                  WHEN 'five'
                  THEN '5'
                  WHEN 'six'
                  THEN '6'
                  WHEN 'seven'
                  THEN '7'
                  WHEN 'eight'
                  THEN '8'
                  WHEN 'nine'
                  THEN '9'
                  WHEN 'ten'
                  THEN '10'
                  WHEN 'eleven'
                  THEN '11'
                  WHEN 'twelve'
                  THEN '12'
                  ELSE CASE
                    WHEN STRPOS("sellers__candidate_1__part__low", ',') > 0
                    THEN REPLACE("sellers__candidate_1__part__low", ',', '')
                    ELSE "sellers__candidate_1__part__low"
                  END
                END
              END
            ) || CASE "sellers__candidate_1__low_suffix" WHEN 'k' THEN 'e3' ELSE NULL END AS DECIMAL),
            18
          )
        ) < 10000000000000000000
        THEN ROUND(
          CAST((
            CASE
              WHEN STRPOS("sellers__candidate_1__part__low", 'e') > 0
              THEN CAST("sellers__candidate_1__low_number" AS TEXT)
              ELSE CASE "sellers__candidate_1__part__low"
                WHEN ''
                THEN NULL
                WHEN 'zero'
                THEN '0'
                WHEN 'one'
                THEN '1'
                WHEN 'two'
                THEN '2'
                WHEN 'three'
                THEN '3'
                WHEN 'four'
                THEN '4'
                WHEN 'five'
                THEN '5'
                WHEN 'six'
                THEN '6'
                WHEN 'seven'
                THEN '7'
                WHEN 'eight'
                THEN '8'
                WHEN 'nine'
                THEN '9'
                WHEN 'ten'
                THEN '10'
                WHEN 'eleven'
                THEN '11'
                WHEN 'twelve'
                THEN '12'
                ELSE CASE
                  WHEN STRPOS("sellers__candidate_1__part__low", ',') > 0
                  THEN REPLACE("sellers__candidate_1__part__low", ',', '')
                  ELSE "sellers__candidate_1__part__low"
                END
              END
            END
          ) || CASE "sellers__candidate_1__low_suffix" WHEN 'k' THEN 'e3' ELSE NULL END AS DECIMAL),
          18
        )
      END
    END AS "sellers__candidate_1__first",
    CASE
      WHEN "sellers__candidate_1__part__high_suffix" = ''
      THEN "sellers__candidate_1__high_number"
      ELSE CASE
        WHEN ABS(
          ROUND(
            CAST((
              CASE
                WHEN STRPOS("sellers__candidate_1__part__high", 'e') > 0
                THEN CAST("sellers__candidate_1__high_number" AS TEXT)
                ELSE CASE "sellers__candidate_1__part__high"
                  WHEN ''
                  THEN NULL
                  WHEN 'zero'
                  THEN '0'
                  WHEN 'one'
                  THEN '1'
                  WHEN 'two'
                  THEN '2'
                  WHEN 'three'
                  THEN '3'
                  WHEN 'four'
                  THEN '4'
                  WHEN 'five'
                  THEN '5'
                  WHEN 'six'
                  THEN '6'
                  WHEN 'seven'
                  THEN '7'
                  WHEN 'eight'
                  THEN '8'
                  WHEN 'nine'
                  THEN '9'
                  WHEN 'ten'
                  THEN '10'
                  WHEN 'eleven'
                  THEN '11'
                  WHEN 'twelve'
                  THEN '12'
                  ELSE CASE
                    WHEN STRPOS("sellers__candidate_1__part__high", ',') > 0
                    THEN REPLACE("sellers__candidate_1__part__high", ',', '')
                    ELSE "sellers__candidate_1__part__high"
                  END
                END
              END
            ) || CASE "sellers__candidate_1__part__high_suffix" WHEN 'k' THEN 'e3' ELSE NULL END AS DECIMAL),
            18
          )
        ) < 10000000000000000000
        THEN ROUND(
          CAST((
            CASE
              WHEN STRPOS("sellers__candidate_1__part__high", 'e') > 0
              THEN CAST("sellers__candidate_1__high_number" AS TEXT)
              ELSE CASE "sellers__candidate_1__part__high"
                WHEN ''
                THEN NULL
                WHEN 'zero'
                THEN '0'
                WHEN 'one'
                THEN '1'
                WHEN 'two'
                THEN '2'
                WHEN 'three'
                THEN '3'
                WHEN 'four'
                THEN '4'
                WHEN 'five'
                THEN '5'
                WHEN 'six'
                THEN '6'
                WHEN 'seven'
                THEN '7'
                WHEN 'eight'
                THEN '8'
                WHEN 'nine'
                THEN '9'
                WHEN 'ten'
                THEN '10'
                WHEN 'eleven'
                THEN '11'
                WHEN 'twelve'
                THEN '12'
                ELSE CASE
                  WHEN STRPOS("sellers__candidate_1__part__high", ',') > 0
                  THEN REPLACE("sellers__candidate_1__part__high", ',', '')
                  ELSE "sellers__candidate_1__part__high"
                END
              END
            END
          ) || CASE "sellers__candidate_1__part__high_suffix" WHEN 'k' THEN 'e3' ELSE NULL END AS DECIMAL),
          18
        )
      END
    END AS "sellers__candidate_1__last"
  FROM "candidates_read_6"
), "candidates_read_8" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN "sellers__candidate_1__first" IS NULL
      OR (
        "sellers__candidate_1__part__high" <> '' AND "sellers__candidate_1__last" IS NULL
      )
      THEN ''
      WHEN "sellers__candidate_1__part__after" <> ''
      AND "sellers__candidate_1__part__before" <> ''
      THEN ''
      WHEN "sellers__candidate_1__part__last_suffix" <> ''
      AND (
        "sellers__candidate_1__part__low_suffix" <> ''
        OR "sellers__candidate_1__part__after" = ''
      )
      THEN ''
      WHEN "sellers__candidate_1__part__high" <> ''
      THEN CASE
        WHEN CASE "sellers__candidate_1__part__before"
          WHEN ''
          THEN TRUE
          WHEN 'about'
          THEN TRUE
          WHEN '~'
          THEN TRUE
          ELSE FALSE
        END
        AND "sellers__candidate_1__part__after" = ''
        AND "sellers__candidate_1__first" <= "sellers__candidate_1__last"
        THEN '-'
        ELSE ''
      END
      WHEN "sellers__candidate_1__part__after" <> ''
      THEN CASE "sellers__candidate_1__part__after"
        WHEN '>='
        THEN '>='
        WHEN '≥'
        THEN '>='
        WHEN 'at least'
        THEN '>='
        WHEN '+'
        THEN '>='
        WHEN 'or more'
        THEN '>='
        WHEN '>'
        THEN '>'
        WHEN 'more than'
        THEN '>'
        WHEN 'over'
        THEN '>'
        WHEN '<='
        THEN '<='
        WHEN '≤'
        THEN '<='
        WHEN 'at most'
        THEN '<='
        WHEN 'up to'
        THEN '<='
        WHEN 'or fewer'
        THEN '<='
        WHEN 'or less'
        THEN '<='
        WHEN '<'
        THEN '<'
        WHEN 'less than'
        THEN '<'
        WHEN 'fewer than'
        THEN '<'
        WHEN 'under'
        THEN '<'
        ELSE ''
      END
      ELSE CASE "sellers__candidate_1__part__before"
        WHEN '>='
        THEN '>='
        WHEN '≥'
        THEN '>='
        WHEN 'at least'
        THEN '>='
        WHEN '+'
        THEN '>='
        WHEN 'or more'
        THEN '>='
        WHEN '>'
        THEN '>'
        WHEN 'more than'
        THEN '>'
        WHEN 'over'
        THEN '>'
        WHEN '<='
        THEN '<='
        WHEN '≤'
        THEN '<='
        WHEN 'at most'
        THEN '<='
        WHEN 'up to'
        THEN '<='
        WHEN 'or fewer'
        THEN '<='
        WHEN 'or less'
        THEN '<='
        WHEN '<'
        THEN '<'
        WHEN 'less than'
        THEN '<'
        WHEN 'fewer than'
        THEN '<'
        WHEN 'under'
        THEN '<'
        ELSE '='
      END
    END AS "sellers__candidate_1__bound"
  FROM "candidates_read_7"
), "candidates_read_9" AS MATERIALIZED (
  SELECT
    *,
    CASE "sellers__candidate_1__text"
      WHEN 'just me'
      THEN CAST(1.000000000000000000 AS DECIMAL(37, 18))
      ELSE CASE "sellers__candidate_1__bound"
        WHEN '='
        THEN "sellers__candidate_1__first"
        WHEN '-'
        THEN "sellers__candidate_1__first"
        WHEN '>='
        THEN "sellers__candidate_1__first"
        WHEN '>'
        THEN "sellers__candidate_1__first" + CAST(0.000000000000000001 AS DECIMAL(37, 18))
      END
    END AS "sellers__candidate_1__low",
    CASE "sellers__candidate_1__text"
      WHEN 'just me'
      THEN CAST(1.000000000000000000 AS DECIMAL(37, 18))
      ELSE CASE "sellers__candidate_1__bound"
        WHEN '='
        THEN "sellers__candidate_1__first"
        WHEN '-'
        THEN "sellers__candidate_1__last"
        WHEN '<='
        THEN "sellers__candidate_1__first"
        WHEN '<'
        THEN "sellers__candidate_1__first" - CAST(0.000000000000000001 AS DECIMAL(37, 18))
      END
    END AS "sellers__candidate_1__high",
    NOT "sellers__candidate_1__blank"
    AND NOT CASE "sellers__candidate_1__text" WHEN 'just me' THEN TRUE ELSE FALSE END
    AND "sellers__candidate_1__bound" = '' AS "sellers__candidate_1__odd"
  FROM "candidates_read_8"
), "facts" AS MATERIALIZED (
  SELECT
    "id",
    "name",
    "notes",
    "staff",
    CASE
      WHEN NOT "sellers__candidate_1" IS NULL
      AND NOT "sellers__candidate_1__blank"
      AND NOT "sellers__candidate_1__odd"
      THEN "sellers__candidate_1"
      WHEN NOT "sellers__candidate_2" IS NULL
      THEN "sellers__candidate_2"
      ELSE "sellers"
    END AS "sellers",
    CASE
      WHEN NOT "led_by__candidate_1" IS NULL
      THEN "led_by__candidate_1"
      ELSE "led_by"
    END AS "led_by",
    "attained",
    "age",
    "revenue",
    "trade"
  FROM "candidates_read_9"
), "reading_1" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN "notes" ~ '[^ -~]|  '
      THEN LOWER(
        TRIM(
          REGEXP_REPLACE(
            "notes",
            '[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+',
            ' ',
            'g'
          )
        )
      )
      ELSE LOWER(TRIM("notes"))
    END AS "notes__text",
    (
      "notes" IS NULL
      OR "notes" ~* '^(?:[^[:alnum:]]*|[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*(?:\#n/a|\(blank\)|\(no[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+value\)|\-\-none\-\-|\[not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided\]|n/a|na|nan|nil|none|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+available|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+known|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+specified|null|select|tba|tbd|unknown)[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*)$'
    ) AS "notes__blank",
    FALSE AS "notes__odd",
    COALESCE(
      REGEXP_SUBSTR(
        "staff",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?)?$',
        1,
        1,
        'i',
        1
      ),
      ''
    ) AS "staff__usual__low",
    COALESCE(
      REGEXP_SUBSTR(
        "staff",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?)?$',
        1,
        1,
        'i',
        2
      ),
      ''
    ) AS "staff__usual__low_suffix",
    COALESCE(
      REGEXP_SUBSTR(
        "staff",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?)?$',
        1,
        1,
        'i',
        3
      ),
      ''
    ) AS "staff__usual__high",
    COALESCE(
      REGEXP_SUBSTR(
        "staff",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?)?$',
        1,
        1,
        'i',
        4
      ),
      ''
    ) AS "staff__usual__high_suffix",
    COALESCE(
      REGEXP_SUBSTR(
        "sellers",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?)?$',
        1,
        1,
        'i',
        1
      ),
      ''
    ) AS "sellers__usual__low",
    COALESCE(
      REGEXP_SUBSTR(
        "sellers",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?)?$',
        1,
        1,
        'i',
        2
      ),
      ''
    ) AS "sellers__usual__low_suffix",
    COALESCE(
      REGEXP_SUBSTR(
        "sellers",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?)?$',
        1,
        1,
        'i',
        3
      ),
      ''
    ) AS "sellers__usual__high",
    COALESCE(
      REGEXP_SUBSTR(
        "sellers",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(k)?)?$',
        1,
        1,
        'i',
        4
      ),
      ''
    ) AS "sellers__usual__high_suffix",
    CASE
      WHEN "led_by" ~ '[^ -~]|  '
      THEN LOWER(
        TRIM(
          REGEXP_REPLACE(
            "led_by",
            '[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+',
            ' ',
            'g'
          )
        )
      )
      ELSE LOWER(TRIM("led_by"))
    END AS "led_by__text",
    COALESCE(
      REGEXP_SUBSTR(
        "attained",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(%|percent)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(%|percent)?)?$',
        1,
        1,
        'i',
        1
      ),
      ''
    ) AS "attained__usual__low",
    COALESCE(
      REGEXP_SUBSTR(
        "attained",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(%|percent)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(%|percent)?)?$',
        1,
        1,
        'i',
        2
      ),
      ''
    ) AS "attained__usual__low_suffix",
    COALESCE(
      REGEXP_SUBSTR(
        "attained",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(%|percent)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(%|percent)?)?$',
        1,
        1,
        'i',
        3
      ),
      ''
    ) AS "attained__usual__high",
    COALESCE(
      REGEXP_SUBSTR(
        "attained",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(%|percent)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(%|percent)?)?$',
        1,
        1,
        'i',
        4
      ),
      ''
    ) AS "attained__usual__high_suffix",
    COALESCE(
      REGEXP_SUBSTR(
        "age",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(years|yrs|year|yr|y|months|month|mths|mth|mos|mo|weeks|week|wks|wk|days|day|d)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(years|yrs|year|yr|y|months|month|mths|mth|mos|mo|weeks|week|wks|wk|days|day|d)?)?$',
        1,
        1,
        'i',
        1
      ),
      ''
    ) AS "age__usual__low",
    COALESCE(
      REGEXP_SUBSTR(
        "age",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(years|yrs|year|yr|y|months|month|mths|mth|mos|mo|weeks|week|wks|wk|days|day|d)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(years|yrs|year|yr|y|months|month|mths|mth|mos|mo|weeks|week|wks|wk|days|day|d)?)?$',
        1,
        1,
        'i',
        2
      ),
      ''
    ) AS "age__usual__low_suffix",
    COALESCE(
      REGEXP_SUBSTR(
        "age",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(years|yrs|year|yr|y|months|month|mths|mth|mos|mo|weeks|week|wks|wk|days|day|d)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(years|yrs|year|yr|y|months|month|mths|mth|mos|mo|weeks|week|wks|wk|days|day|d)?)?$',
        1,
        1,
        'i',
        3
      ),
      ''
    ) AS "age__usual__high",
    COALESCE(
      REGEXP_SUBSTR(
        "age",
        '^([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(years|yrs|year|yr|y|months|month|mths|mth|mos|mo|weeks|week|wks|wk|days|day|d)?(?:-([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(years|yrs|year|yr|y|months|month|mths|mth|mos|mo|weeks|week|wks|wk|days|day|d)?)?$',
        1,
        1,
        'i',
        4
      ),
      ''
    ) AS "age__usual__high_suffix",
    COALESCE(
      REGEXP_SUBSTR(
        "revenue",
        '^[$€£¥₹]?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(thousand|k|million|mm|m|billion|bn|b)?(?:-[$€£¥₹]?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(thousand|k|million|mm|m|billion|bn|b)?)?$',
        1,
        1,
        'i',
        1
      ),
      ''
    ) AS "revenue__usual__low",
    COALESCE(
      REGEXP_SUBSTR(
        "revenue",
        '^[$€£¥₹]?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(thousand|k|million|mm|m|billion|bn|b)?(?:-[$€£¥₹]?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(thousand|k|million|mm|m|billion|bn|b)?)?$',
        1,
        1,
        'i',
        2
      ),
      ''
    ) AS "revenue__usual__low_suffix",
    COALESCE(
      REGEXP_SUBSTR(
        "revenue",
        '^[$€£¥₹]?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(thousand|k|million|mm|m|billion|bn|b)?(?:-[$€£¥₹]?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(thousand|k|million|mm|m|billion|bn|b)?)?$',
        1,
        1,
        'i',
        3
      ),
      ''
    ) AS "revenue__usual__high",
    COALESCE(
      REGEXP_SUBSTR(
        "revenue",
        '^[$€£¥₹]?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(thousand|k|million|mm|m|billion|bn|b)?(?:-[$€£¥₹]?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?(thousand|k|million|mm|m|billion|bn|b)?)?$',
        1,
        1,
        'i',
        4
      ),
      ''
    ) AS "revenue__usual__high_suffix",
    CASE
      WHEN "trade" ~ '[^ -~]|  '
      THEN LOWER(
        TRIM(
          REGEXP_REPLACE(
            "trade",
            '[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+',
            ' ',
            'g'
          )
        )
      )
      ELSE LOWER(TRIM("trade"))
    END AS "trade__text",
    (
      "trade" IS NULL
      OR "trade" ~* '^(?:[^[:alnum:]]*|[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*(?:\#n/a|\(blank\)|\(no[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+value\)|\-\-none\-\-|\[not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided\]|n/a|na|nan|nil|none|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+available|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+known|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+specified|null|select|tba|tbd|unknown)[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*)$'
    ) AS "trade__blank",
    FALSE AS "trade__odd"
  FROM "facts"
), "reading_2" AS MATERIALIZED (
  SELECT
    *,
    "staff__usual__low" <> ''
    AND POSITION(',' IN "staff__usual__low") <= 4
    AND POSITION(',' IN "staff__usual__high") <= 4 AS "staff__is_usual",
    "sellers__usual__low" <> ''
    AND POSITION(',' IN "sellers__usual__low") <= 4
    AND POSITION(',' IN "sellers__usual__high") <= 4 AS "sellers__is_usual",
    CASE "led_by__text"
      WHEN 'nobody'
      THEN 'nobody'
      WHEN 'no one'
      THEN 'nobody'
      WHEN 'none'
      THEN 'nobody'
      WHEN 'owner'
      THEN 'owner'
      WHEN 'professional'
      THEN 'professional'
      WHEN 'vp sales'
      THEN 'professional'
      ELSE NULL
    END AS "led_by__written",
    REGEXP_REPLACE(LOWER("led_by__text"), '[^[:alnum:]]', '', 'g') AS "led_by__squashed",
    "attained__usual__low" <> ''
    AND POSITION(',' IN "attained__usual__low") <= 4
    AND POSITION(',' IN "attained__usual__high") <= 4 AS "attained__is_usual",
    "age__usual__low" <> ''
    AND POSITION(',' IN "age__usual__low") <= 4
    AND POSITION(',' IN "age__usual__high") <= 4 AS "age__is_usual",
    "revenue__usual__low" <> ''
    AND POSITION(',' IN "revenue__usual__low") <= 4
    AND POSITION(',' IN "revenue__usual__high") <= 4 AS "revenue__is_usual"
  FROM "reading_1"
), "reading_3" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN "staff__is_usual"
      THEN NULL
      ELSE CASE
        WHEN "staff" ~ '[^ -~]|  '
        THEN LOWER(
          TRIM(
            REGEXP_REPLACE(
              "staff",
              '[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+',
              ' ',
              'g'
            )
          )
        )
        ELSE LOWER(TRIM("staff"))
      END
    END AS "staff__text",
    CASE
      WHEN "sellers__is_usual"
      THEN NULL
      ELSE CASE
        WHEN "sellers" ~ '[^ -~]|  '
        THEN LOWER(
          TRIM(
            REGEXP_REPLACE(
              "sellers",
              '[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+',
              ' ',
              'g'
            )
          )
        )
        ELSE LOWER(TRIM("sellers"))
      END
    END AS "sellers__text",
    "led_by__written" IS NULL
    AND (
      "led_by" IS NULL
      OR "led_by" ~* '^(?:[^[:alnum:]]*|[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*(?:\#n/a|\(blank\)|\(no[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+value\)|\-\-none\-\-|\[not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided\]|n/a|na|nan|nil|none|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+available|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+known|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+specified|null|select|tba|tbd|unknown)[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*)$'
    ) AS "led_by__blank",
    CASE
      WHEN "attained__is_usual"
      THEN NULL
      ELSE CASE
        WHEN "attained" ~ '[^ -~]|  '
        THEN LOWER(
          TRIM(
            REGEXP_REPLACE(
              "attained",
              '[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+',
              ' ',
              'g'
            )
          )
        )
        ELSE LOWER(TRIM("attained"))
      END
    END AS "attained__text",
    CASE
      WHEN "age__is_usual"
      THEN NULL
      ELSE CASE
        WHEN "age" ~ '[^ -~]|  '
        THEN LOWER(
          TRIM(
            REGEXP_REPLACE(
              "age",
              '[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+',
              ' ',
              'g'
            )
          )
        )
        ELSE LOWER(TRIM("age"))
      END
    END AS "age__text",
    CASE
      WHEN "revenue__is_usual"
      THEN NULL
      ELSE CASE
        WHEN "revenue" ~ '[^ -~]|  '
        THEN LOWER(
          TRIM(
            REGEXP_REPLACE(
              "revenue",
              '[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+',
              ' ',
              'g'
            )
          )
        )
        ELSE LOWER(TRIM("revenue"))
      END
    END AS "revenue__text"
  FROM "reading_2"
), "reading_4" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN "staff__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "staff__text" ~ '[^ -~]'
            THEN TRANSLATE("staff__text", '‐‑‒–—−', '------')
            ELSE "staff__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          1
        ),
        ''
      )
    END AS "staff__part__before",
    CASE
      WHEN "staff__is_usual"
      THEN "staff__usual__low"
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "staff__text" ~ '[^ -~]'
            THEN TRANSLATE("staff__text", '‐‑‒–—−', '------')
            ELSE "staff__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          2
        ),
        ''
      )
    END AS "staff__part__low",
    CASE
      WHEN "staff__is_usual"
      THEN LOWER("staff__usual__low_suffix")
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "staff__text" ~ '[^ -~]'
            THEN TRANSLATE("staff__text", '‐‑‒–—−', '------')
            ELSE "staff__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          3
        ),
        ''
      )
    END AS "staff__part__low_suffix",
    CASE
      WHEN "staff__is_usual"
      THEN "staff__usual__high"
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "staff__text" ~ '[^ -~]'
            THEN TRANSLATE("staff__text", '‐‑‒–—−', '------')
            ELSE "staff__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          4
        ),
        ''
      )
    END AS "staff__part__high",
    CASE
      WHEN "staff__is_usual"
      THEN LOWER("staff__usual__high_suffix")
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "staff__text" ~ '[^ -~]'
            THEN TRANSLATE("staff__text", '‐‑‒–—−', '------')
            ELSE "staff__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          5
        ),
        ''
      )
    END AS "staff__part__high_suffix",
    CASE
      WHEN "staff__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "staff__text" ~ '[^ -~]'
            THEN TRANSLATE("staff__text", '‐‑‒–—−', '------')
            ELSE "staff__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          6
        ),
        ''
      )
    END AS "staff__part__after",
    CASE
      WHEN "staff__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "staff__text" ~ '[^ -~]'
            THEN TRANSLATE("staff__text", '‐‑‒–—−', '------')
            ELSE "staff__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          7
        ),
        ''
      )
    END AS "staff__part__last_suffix",
    CASE
      WHEN "staff__is_usual"
      THEN FALSE
      ELSE (
        "staff" IS NULL
        OR "staff" ~* '^(?:[^[:alnum:]]*|[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*(?:\#n/a|\(blank\)|\(no[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+value\)|\-\-none\-\-|\[not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided\]|n/a|na|nan|nil|none|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+available|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+known|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+specified|null|select|tba|tbd|unknown)[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*)$'
      )
      AND NOT FALSE
    END AS "staff__blank",
    CASE
      WHEN "sellers__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "sellers__text" ~ '[^ -~]'
            THEN TRANSLATE("sellers__text", '‐‑‒–—−', '------')
            ELSE "sellers__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()(?: ?(?:reps))?$',
          1,
          1,
          '',
          1
        ),
        ''
      )
    END AS "sellers__part__before",
    CASE
      WHEN "sellers__is_usual"
      THEN "sellers__usual__low"
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "sellers__text" ~ '[^ -~]'
            THEN TRANSLATE("sellers__text", '‐‑‒–—−', '------')
            ELSE "sellers__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()(?: ?(?:reps))?$',
          1,
          1,
          '',
          2
        ),
        ''
      )
    END AS "sellers__part__low",
    CASE
      WHEN "sellers__is_usual"
      THEN LOWER("sellers__usual__low_suffix")
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "sellers__text" ~ '[^ -~]'
            THEN TRANSLATE("sellers__text", '‐‑‒–—−', '------')
            ELSE "sellers__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()(?: ?(?:reps))?$',
          1,
          1,
          '',
          3
        ),
        ''
      )
    END AS "sellers__part__low_suffix",
    CASE
      WHEN "sellers__is_usual"
      THEN "sellers__usual__high"
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "sellers__text" ~ '[^ -~]'
            THEN TRANSLATE("sellers__text", '‐‑‒–—−', '------')
            ELSE "sellers__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()(?: ?(?:reps))?$',
          1,
          1,
          '',
          4
        ),
        ''
      )
    END AS "sellers__part__high",
    CASE
      WHEN "sellers__is_usual"
      THEN LOWER("sellers__usual__high_suffix")
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "sellers__text" ~ '[^ -~]'
            THEN TRANSLATE("sellers__text", '‐‑‒–—−', '------')
            ELSE "sellers__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()(?: ?(?:reps))?$',
          1,
          1,
          '',
          5
        ),
        ''
      )
    END AS "sellers__part__high_suffix",
    CASE
      WHEN "sellers__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "sellers__text" ~ '[^ -~]'
            THEN TRANSLATE("sellers__text", '‐‑‒–—−', '------')
            ELSE "sellers__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()(?: ?(?:reps))?$',
          1,
          1,
          '',
          6
        ),
        ''
      )
    END AS "sellers__part__after",
    CASE
      WHEN "sellers__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "sellers__text" ~ '[^ -~]'
            THEN TRANSLATE("sellers__text", '‐‑‒–—−', '------')
            ELSE "sellers__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(k)?)?(?: ?(or fewer|or more|or less|\+))?()(?: ?(?:reps))?$',
          1,
          1,
          '',
          7
        ),
        ''
      )
    END AS "sellers__part__last_suffix",
    CASE
      WHEN "sellers__is_usual"
      THEN FALSE
      ELSE (
        "sellers" IS NULL
        OR "sellers" ~* '^(?:[^[:alnum:]]*|[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*(?:\#n/a|\(blank\)|\(no[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+value\)|\-\-none\-\-|\[not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided\]|n/a|na|nan|nil|none|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+available|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+known|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+specified|null|select|tba|tbd|unknown)[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*)$'
      )
      AND NOT CASE "sellers__text" WHEN 'just me' THEN TRUE ELSE FALSE END
    END AS "sellers__blank",
    CASE
      WHEN "led_by__written" IS NULL AND NOT "led_by__blank"
      THEN "led_by__text" ~* '(?:(?<![0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<=[0-9A-Za-z_])(?![0-9A-Za-z_]))(owner|founder)(?:(?<![0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<=[0-9A-Za-z_])(?![0-9A-Za-z_]))'
      ELSE FALSE
    END AS "led_by__fits_1",
    CASE
      WHEN "led_by__written" IS NULL AND NOT "led_by__blank"
      THEN "led_by__text" ~* 'sales manager'
      ELSE FALSE
    END AS "led_by__fits_2",
    CASE
      WHEN "attained__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "attained__text" ~ '[^ -~]'
            THEN TRANSLATE("attained__text", '‐‑‒–—−', '------')
            ELSE "attained__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(percent|%)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(percent|%)?)?(?: ?(or fewer|or more|or less|\+))?(?: ?(percent|%))?$',
          1,
          1,
          '',
          1
        ),
        ''
      )
    END AS "attained__part__before",
    CASE
      WHEN "attained__is_usual"
      THEN "attained__usual__low"
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "attained__text" ~ '[^ -~]'
            THEN TRANSLATE("attained__text", '‐‑‒–—−', '------')
            ELSE "attained__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(percent|%)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(percent|%)?)?(?: ?(or fewer|or more|or less|\+))?(?: ?(percent|%))?$',
          1,
          1,
          '',
          2
        ),
        ''
      )
    END AS "attained__part__low",
    CASE
      WHEN "attained__is_usual"
      THEN LOWER("attained__usual__low_suffix")
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "attained__text" ~ '[^ -~]'
            THEN TRANSLATE("attained__text", '‐‑‒–—−', '------')
            ELSE "attained__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(percent|%)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(percent|%)?)?(?: ?(or fewer|or more|or less|\+))?(?: ?(percent|%))?$',
          1,
          1,
          '',
          3
        ),
        ''
      )
    END AS "attained__part__low_suffix",
    CASE
      WHEN "attained__is_usual"
      THEN "attained__usual__high"
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "attained__text" ~ '[^ -~]'
            THEN TRANSLATE("attained__text", '‐‑‒–—−', '------')
            ELSE "attained__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(percent|%)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(percent|%)?)?(?: ?(or fewer|or more|or less|\+))?(?: ?(percent|%))?$',
          1,
          1,
          '',
          4
        ),
        ''
      )
    END AS "attained__part__high",
    CASE
      WHEN "attained__is_usual"
      THEN LOWER("attained__usual__high_suffix")
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "attained__text" ~ '[^ -~]'
            THEN TRANSLATE("attained__text", '‐‑‒–—−', '------')
            ELSE "attained__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(percent|%)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(percent|%)?)?(?: ?(or fewer|or more|or less|\+))?(?: ?(percent|%))?$',
          1,
          1,
          '',
          5
        ),
        ''
      )
    END AS "attained__part__high_suffix",
    CASE
      WHEN "attained__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "attained__text" ~ '[^ -~]'
            THEN TRANSLATE("attained__text", '‐‑‒–—−', '------')
            ELSE "attained__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(percent|%)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(percent|%)?)?(?: ?(or fewer|or more|or less|\+))?(?: ?(percent|%))?$',
          1,
          1,
          '',
          6
        ),
        ''
      )
    END AS "attained__part__after",
    CASE
      WHEN "attained__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "attained__text" ~ '[^ -~]'
            THEN TRANSLATE("attained__text", '‐‑‒–—−', '------')
            ELSE "attained__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(percent|%)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(percent|%)?)?(?: ?(or fewer|or more|or less|\+))?(?: ?(percent|%))?$',
          1,
          1,
          '',
          7
        ),
        ''
      )
    END AS "attained__part__last_suffix",
    CASE
      WHEN "attained__is_usual"
      THEN FALSE
      ELSE (
        "attained" IS NULL
        OR "attained" ~* '^(?:[^[:alnum:]]*|[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*(?:\#n/a|\(blank\)|\(no[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+value\)|\-\-none\-\-|\[not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided\]|n/a|na|nan|nil|none|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+available|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+known|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+specified|null|select|tba|tbd|unknown)[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*)$'
      )
      AND NOT CASE "attained__text" WHEN 'exceeds' THEN TRUE ELSE FALSE END
    END AS "attained__blank",
    CASE
      WHEN "age__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "age__text" ~ '[^ -~]'
            THEN TRANSLATE("age__text", '‐‑‒–—−', '------')
            ELSE "age__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d)?)?(?: ?(or fewer|or more|or less|\+))?(?: ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d))?$',
          1,
          1,
          '',
          1
        ),
        ''
      )
    END AS "age__part__before",
    CASE
      WHEN "age__is_usual"
      THEN "age__usual__low"
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "age__text" ~ '[^ -~]'
            THEN TRANSLATE("age__text", '‐‑‒–—−', '------')
            ELSE "age__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d)?)?(?: ?(or fewer|or more|or less|\+))?(?: ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d))?$',
          1,
          1,
          '',
          2
        ),
        ''
      )
    END AS "age__part__low",
    CASE
      WHEN "age__is_usual"
      THEN LOWER("age__usual__low_suffix")
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "age__text" ~ '[^ -~]'
            THEN TRANSLATE("age__text", '‐‑‒–—−', '------')
            ELSE "age__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d)?)?(?: ?(or fewer|or more|or less|\+))?(?: ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d))?$',
          1,
          1,
          '',
          3
        ),
        ''
      )
    END AS "age__part__low_suffix",
    CASE
      WHEN "age__is_usual"
      THEN "age__usual__high"
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "age__text" ~ '[^ -~]'
            THEN TRANSLATE("age__text", '‐‑‒–—−', '------')
            ELSE "age__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d)?)?(?: ?(or fewer|or more|or less|\+))?(?: ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d))?$',
          1,
          1,
          '',
          4
        ),
        ''
      )
    END AS "age__part__high",
    CASE
      WHEN "age__is_usual"
      THEN LOWER("age__usual__high_suffix")
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "age__text" ~ '[^ -~]'
            THEN TRANSLATE("age__text", '‐‑‒–—−', '------')
            ELSE "age__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d)?)?(?: ?(or fewer|or more|or less|\+))?(?: ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d))?$',
          1,
          1,
          '',
          5
        ),
        ''
      )
    END AS "age__part__high_suffix",
    CASE
      WHEN "age__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "age__text" ~ '[^ -~]'
            THEN TRANSLATE("age__text", '‐‑‒–—−', '------')
            ELSE "age__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d)?)?(?: ?(or fewer|or more|or less|\+))?(?: ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d))?$',
          1,
          1,
          '',
          6
        ),
        ''
      )
    END AS "age__part__after",
    CASE
      WHEN "age__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "age__text" ~ '[^ -~]'
            THEN TRANSLATE("age__text", '‐‑‒–—−', '------')
            ELSE "age__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d)?(?: ?(?:-|to) ?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d)?)?(?: ?(or fewer|or more|or less|\+))?(?: ?(months|years|month|weeks|year|mths|week|days|yrs|mth|mos|wks|day|yr|mo|wk|y|d))?$',
          1,
          1,
          '',
          7
        ),
        ''
      )
    END AS "age__part__last_suffix",
    CASE
      WHEN "age__is_usual"
      THEN FALSE
      ELSE (
        "age" IS NULL
        OR "age" ~* '^(?:[^[:alnum:]]*|[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*(?:\#n/a|\(blank\)|\(no[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+value\)|\-\-none\-\-|\[not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided\]|n/a|na|nan|nil|none|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+available|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+known|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+specified|null|select|tba|tbd|unknown)[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*)$'
      )
      AND NOT FALSE
    END AS "age__blank",
    CASE
      WHEN "revenue__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "revenue__text" ~ '[^ -~]'
            THEN TRANSLATE("revenue__text", '‐‑‒–—−', '------')
            ELSE "revenue__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?(?:(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(thousand|million|billion|mm|bn|k|m|b)?(?: ?(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk))?(?: ?(?:-|to) ?(?:(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(thousand|million|billion|mm|bn|k|m|b)?(?: ?(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk))?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          1
        ),
        ''
      )
    END AS "revenue__part__before",
    CASE
      WHEN "revenue__is_usual"
      THEN "revenue__usual__low"
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "revenue__text" ~ '[^ -~]'
            THEN TRANSLATE("revenue__text", '‐‑‒–—−', '------')
            ELSE "revenue__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?(?:(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(thousand|million|billion|mm|bn|k|m|b)?(?: ?(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk))?(?: ?(?:-|to) ?(?:(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(thousand|million|billion|mm|bn|k|m|b)?(?: ?(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk))?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          2
        ),
        ''
      )
    END AS "revenue__part__low",
    CASE
      WHEN "revenue__is_usual"
      THEN LOWER("revenue__usual__low_suffix")
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "revenue__text" ~ '[^ -~]'
            THEN TRANSLATE("revenue__text", '‐‑‒–—−', '------')
            ELSE "revenue__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?(?:(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(thousand|million|billion|mm|bn|k|m|b)?(?: ?(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk))?(?: ?(?:-|to) ?(?:(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(thousand|million|billion|mm|bn|k|m|b)?(?: ?(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk))?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          3
        ),
        ''
      )
    END AS "revenue__part__low_suffix",
    CASE
      WHEN "revenue__is_usual"
      THEN "revenue__usual__high"
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "revenue__text" ~ '[^ -~]'
            THEN TRANSLATE("revenue__text", '‐‑‒–—−', '------')
            ELSE "revenue__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?(?:(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(thousand|million|billion|mm|bn|k|m|b)?(?: ?(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk))?(?: ?(?:-|to) ?(?:(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(thousand|million|billion|mm|bn|k|m|b)?(?: ?(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk))?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          4
        ),
        ''
      )
    END AS "revenue__part__high",
    CASE
      WHEN "revenue__is_usual"
      THEN LOWER("revenue__usual__high_suffix")
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "revenue__text" ~ '[^ -~]'
            THEN TRANSLATE("revenue__text", '‐‑‒–—−', '------')
            ELSE "revenue__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?(?:(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(thousand|million|billion|mm|bn|k|m|b)?(?: ?(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk))?(?: ?(?:-|to) ?(?:(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(thousand|million|billion|mm|bn|k|m|b)?(?: ?(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk))?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          5
        ),
        ''
      )
    END AS "revenue__part__high_suffix",
    CASE
      WHEN "revenue__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "revenue__text" ~ '[^ -~]'
            THEN TRANSLATE("revenue__text", '‐‑‒–—−', '------')
            ELSE "revenue__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?(?:(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(thousand|million|billion|mm|bn|k|m|b)?(?: ?(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk))?(?: ?(?:-|to) ?(?:(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(thousand|million|billion|mm|bn|k|m|b)?(?: ?(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk))?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          6
        ),
        ''
      )
    END AS "revenue__part__after",
    CASE
      WHEN "revenue__is_usual"
      THEN ''
      ELSE COALESCE(
        REGEXP_SUBSTR(
          CASE
            WHEN "revenue__text" ~ '[^ -~]'
            THEN TRANSLATE("revenue__text", '‐‑‒–—−', '------')
            ELSE "revenue__text"
          END,
          '^(?:(fewer than|more than|less than|at least|at most|about|up to|under|over|>=|<=|\~|≥|>|≤|<) ?)?(?:(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(thousand|million|billion|mm|bn|k|m|b)?(?: ?(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk))?(?: ?(?:-|to) ?(?:(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk) ?)?([+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(thousand|million|billion|mm|bn|k|m|b)?(?: ?(?:(?:us|ca|au|nz|c|a)?[$€£¥₹]|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk))?)?(?: ?(or fewer|or more|or less|\+))?()$',
          1,
          1,
          '',
          7
        ),
        ''
      )
    END AS "revenue__part__last_suffix",
    CASE
      WHEN "revenue__is_usual"
      THEN FALSE
      ELSE (
        "revenue" IS NULL
        OR "revenue" ~* '^(?:[^[:alnum:]]*|[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*(?:\#n/a|\(blank\)|\(no[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+value\)|\-\-none\-\-|\[not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided\]|n/a|na|nan|nil|none|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+available|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+known|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+provided|not[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+specified|null|select|tba|tbd|unknown)[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*)$'
      )
      AND NOT FALSE
    END AS "revenue__blank"
  FROM "reading_3"
), "reading_5" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN ABS(
        ROUND(
          CAST(CASE "staff__part__low"
            WHEN ''
            THEN NULL
            WHEN 'zero'
            THEN '0'
            WHEN 'one'
            THEN '1'
            WHEN 'two'
            THEN '2'
            WHEN 'three'
            THEN '3'
            WHEN 'four'
            THEN '4'
            WHEN 'five'
            THEN '5'
            WHEN 'six'
            THEN '6'
            WHEN 'seven'
            THEN '7'
            WHEN 'eight'
            THEN '8'
            WHEN 'nine'
            THEN '9'
            WHEN 'ten'
            THEN '10'
            WHEN 'eleven'
            THEN '11'
            WHEN 'twelve'
            THEN '12'
            ELSE CASE
              WHEN STRPOS("staff__part__low", ',') > 0
              THEN REPLACE("staff__part__low", ',', '')
              ELSE "staff__part__low"
            END
          END AS DECIMAL),
          18
        )
      ) < 10000000000000000000
      THEN ROUND(
        CAST(CASE "staff__part__low"
          WHEN ''
          THEN NULL
          WHEN 'zero'
          THEN '0'
          WHEN 'one'
          THEN '1'
          WHEN 'two'
          THEN '2'
          WHEN 'three'
          THEN '3'
          WHEN 'four'
          THEN '4'
          WHEN 'five'
          THEN '5'
          WHEN 'six'
          THEN '6'
          WHEN 'seven'
          THEN '7'
          WHEN 'eight'
          THEN '8'
          WHEN 'nine'
          THEN '9'
          WHEN 'ten'
          THEN '10'
          WHEN 'eleven'
          THEN '11'
          WHEN 'twelve'
          THEN '12'
          ELSE CASE
            WHEN STRPOS("staff__part__low", ',') > 0
            THEN REPLACE("staff__part__low", ',', '')
            ELSE "staff__part__low"
          END
        END AS DECIMAL),
        18
      )
    END AS "staff__low_number",
    CASE
      WHEN ABS(
        ROUND(
          CAST(CASE "staff__part__high"
            WHEN ''
            THEN NULL
            WHEN 'zero'
            THEN '0'
            WHEN 'one'
            THEN '1'
            WHEN 'two'
            THEN '2'
            WHEN 'three'
            THEN '3'
            WHEN 'four'
            THEN '4'
            WHEN 'five'
            THEN '5'
            WHEN 'six'
            THEN '6'
            WHEN 'seven'
            THEN '7'
            WHEN 'eight'
            THEN '8'
            WHEN 'nine'
            THEN '9'
            WHEN 'ten'
            THEN '10'
            WHEN 'eleven'
            THEN '11'
            WHEN 'twelve'
            THEN '12'
            ELSE CASE
              WHEN STRPOS("staff__part__high", ',') > 0
              THEN REPLACE("staff__part__high", ',', '')
              ELSE "staff__part__high"
            END
          END AS DECIMAL),
          18
        )
      ) < 10000000000000000000
      THEN ROUND(
        CAST(CASE "staff__part__high"
          WHEN ''
          THEN NULL
          WHEN 'zero'
          THEN '0'
          WHEN 'one'
          THEN '1'
          WHEN 'two'
          THEN '2'
          WHEN 'three'
          THEN '3'
          WHEN 'four'
          THEN '4'
          WHEN 'five'
          THEN '5'
          WHEN 'six'
          THEN '6'
          WHEN 'seven'
          THEN '7'
          WHEN 'eight'
          THEN '8'
          WHEN 'nine'
          THEN '9'
          WHEN 'ten'
          THEN '10'
          WHEN 'eleven'
          THEN '11'
          WHEN 'twelve'
          THEN '12'
          ELSE CASE
            WHEN STRPOS("staff__part__high", ',') > 0
            THEN REPLACE("staff__part__high", ',', '')
            ELSE "staff__part__high"
          END
        END AS DECIMAL),
        18
      )
    END AS "staff__high_number",
    CASE
      WHEN ABS(
        ROUND(
          CAST(CASE "sellers__part__low"
            WHEN ''
            THEN NULL
            WHEN 'zero'
            THEN '0'
            WHEN 'one'
            THEN '1'
            WHEN 'two'
            THEN '2'
            WHEN 'three'
            THEN '3'
            WHEN 'four'
            THEN '4'
            WHEN 'five'
            THEN '5'
            WHEN 'six'
            THEN '6'
            WHEN 'seven'
            THEN '7'
            WHEN 'eight'
            THEN '8'
            WHEN 'nine'
            THEN '9'
            WHEN 'ten'
            THEN '10'
            WHEN 'eleven'
            THEN '11'
            WHEN 'twelve'
            THEN '12'
            ELSE CASE
              WHEN STRPOS("sellers__part__low", ',') > 0
              THEN REPLACE("sellers__part__low", ',', '')
              ELSE "sellers__part__low"
            END
          END AS DECIMAL),
          18
        )
      ) < 10000000000000000000
      THEN ROUND(
        CAST(CASE "sellers__part__low"
          WHEN ''
          THEN NULL
          WHEN 'zero'
          THEN '0'
          WHEN 'one'
          THEN '1'
          WHEN 'two'
          THEN '2'
          WHEN 'three'
          THEN '3'
          WHEN 'four'
          THEN '4'
          WHEN 'five'
          THEN '5'
          WHEN 'six'
          THEN '6'
          WHEN 'seven'
          THEN '7'
          WHEN 'eight'
          THEN '8'
          WHEN 'nine'
          THEN '9'
          WHEN 'ten'
          THEN '10'
          WHEN 'eleven'
          THEN '11'
          WHEN 'twelve'
          THEN '12'
          ELSE CASE
            WHEN STRPOS("sellers__part__low", ',') > 0
            THEN REPLACE("sellers__part__low", ',', '')
            ELSE "sellers__part__low"
          END
        END AS DECIMAL),
        18
      )
    END AS "sellers__low_number",
    CASE
      WHEN ABS(
        ROUND(
          CAST(CASE "sellers__part__high"
            WHEN ''
            THEN NULL
            WHEN 'zero'
            THEN '0'
            WHEN 'one'
            THEN '1'
            WHEN 'two'
            THEN '2'
            WHEN 'three'
            THEN '3'
            WHEN 'four'
            THEN '4'
            WHEN 'five'
            THEN '5'
            WHEN 'six'
            THEN '6'
            WHEN 'seven'
            THEN '7'
            WHEN 'eight'
            THEN '8'
            WHEN 'nine'
            THEN '9'
            WHEN 'ten'
            THEN '10'
            WHEN 'eleven'
            THEN '11'
            WHEN 'twelve'
            THEN '12'
            ELSE CASE
              WHEN STRPOS("sellers__part__high", ',') > 0
              THEN REPLACE("sellers__part__high", ',', '')
              ELSE "sellers__part__high"
            END
          END AS DECIMAL),
          18
        )
      ) < 10000000000000000000
      THEN ROUND(
        CAST(CASE "sellers__part__high"
          WHEN ''
          THEN NULL
          WHEN 'zero'
          THEN '0'
          WHEN 'one'
          THEN '1'
          WHEN 'two'
          THEN '2'
          WHEN 'three'
          THEN '3'
          WHEN 'four'
          THEN '4'
          WHEN 'five'
          THEN '5'
          WHEN 'six'
          THEN '6'
          WHEN 'seven'
          THEN '7'
          WHEN 'eight'
          THEN '8'
          WHEN 'nine'
          THEN '9'
          WHEN 'ten'
          THEN '10'
          WHEN 'eleven'
          THEN '11'
          WHEN 'twelve'
          THEN '12'
          ELSE CASE
            WHEN STRPOS("sellers__part__high", ',') > 0
            THEN REPLACE("sellers__part__high", ',', '')
            ELSE "sellers__part__high"
          END
        END AS DECIMAL),
        18
      )
    END AS "sellers__high_number",
    CAST("led_by__fits_1" AS INT) + CAST("led_by__fits_2" AS INT) AS "led_by__found",
    CASE
      WHEN ABS(
        ROUND(
          CAST(CASE "attained__part__low"
            WHEN ''
            THEN NULL
            WHEN 'zero'
            THEN '0'
            WHEN 'one'
            THEN '1'
            WHEN 'two'
            THEN '2'
            WHEN 'three'
            THEN '3'
            WHEN 'four'
            THEN '4'
            WHEN 'five'
            THEN '5'
            WHEN 'six'
            THEN '6'
            WHEN 'seven'
            THEN '7'
            WHEN 'eight'
            THEN '8'
            WHEN 'nine'
            THEN '9'
            WHEN 'ten'
            THEN '10'
            WHEN 'eleven'
            THEN '11'
            WHEN 'twelve'
            THEN '12'
            ELSE CASE
              WHEN STRPOS("attained__part__low", ',') > 0
              THEN REPLACE("attained__part__low", ',', '')
              ELSE "attained__part__low"
            END
          END AS DECIMAL),
          18
        )
      ) < 10000000000000000000
      THEN ROUND(
        CAST(CASE "attained__part__low"
          WHEN ''
          THEN NULL
          WHEN 'zero'
          THEN '0'
          WHEN 'one'
          THEN '1'
          WHEN 'two'
          THEN '2'
          WHEN 'three'
          THEN '3'
          WHEN 'four'
          THEN '4'
          WHEN 'five'
          THEN '5'
          WHEN 'six'
          THEN '6'
          WHEN 'seven'
          THEN '7'
          WHEN 'eight'
          THEN '8'
          WHEN 'nine'
          THEN '9'
          WHEN 'ten'
          THEN '10'
          WHEN 'eleven'
          THEN '11'
          WHEN 'twelve'
          THEN '12'
          ELSE CASE
            WHEN STRPOS("attained__part__low", ',') > 0
            THEN REPLACE("attained__part__low", ',', '')
            ELSE "attained__part__low"
          END
        END AS DECIMAL),
        18
      )
    END AS "attained__low_number",
    CASE
      WHEN ABS(
        ROUND(
          CAST(CASE "attained__part__high"
            WHEN ''
            THEN NULL
            WHEN 'zero'
            THEN '0'
            WHEN 'one'
            THEN '1'
            WHEN 'two'
            THEN '2'
            WHEN 'three'
            THEN '3'
            WHEN 'four'
            THEN '4'
            WHEN 'five'
            THEN '5'
            WHEN 'six'
            THEN '6'
            WHEN 'seven'
            THEN '7'
            WHEN 'eight'
            THEN '8'
            WHEN 'nine'
            THEN '9'
            WHEN 'ten'
            THEN '10'
            WHEN 'eleven'
            THEN '11'
            WHEN 'twelve'
            THEN '12'
            ELSE CASE
              WHEN STRPOS("attained__part__high", ',') > 0
              THEN REPLACE("attained__part__high", ',', '')
              ELSE "attained__part__high"
            END
          END AS DECIMAL),
          18
        )
      ) < 10000000000000000000
      THEN ROUND(
        CAST(CASE "attained__part__high"
          WHEN ''
          THEN NULL
          WHEN 'zero'
          THEN '0'
          WHEN 'one'
          THEN '1'
          WHEN 'two'
          THEN '2'
          WHEN 'three'
          THEN '3'
          WHEN 'four'
          THEN '4'
          WHEN 'five'
          THEN '5'
          WHEN 'six'
          THEN '6'
          WHEN 'seven'
          THEN '7'
          WHEN 'eight'
          THEN '8'
          WHEN 'nine'
          THEN '9'
          WHEN 'ten'
          THEN '10'
          WHEN 'eleven'
          THEN '11'
          WHEN 'twelve'
          THEN '12'
          ELSE CASE
            WHEN STRPOS("attained__part__high", ',') > 0
            THEN REPLACE("attained__part__high", ',', '')
            ELSE "attained__part__high"
          END
        END AS DECIMAL),
        18
      )
    END AS "attained__high_number",
    CASE
      WHEN ABS(
        ROUND(
          CAST(CASE "age__part__low"
            WHEN ''
            THEN NULL
            WHEN 'zero'
            THEN '0'
            WHEN 'one'
            THEN '1'
            WHEN 'two'
            THEN '2'
            WHEN 'three'
            THEN '3'
            WHEN 'four'
            THEN '4'
            WHEN 'five'
            THEN '5'
            WHEN 'six'
            THEN '6'
            WHEN 'seven'
            THEN '7'
            WHEN 'eight'
            THEN '8'
            WHEN 'nine'
            THEN '9'
            WHEN 'ten'
            THEN '10'
            WHEN 'eleven'
            THEN '11'
            WHEN 'twelve'
            THEN '12'
            ELSE CASE
              WHEN STRPOS("age__part__low", ',') > 0
              THEN REPLACE("age__part__low", ',', '')
              ELSE "age__part__low"
            END
          END AS DECIMAL),
          18
        )
      ) < 100000000000000
      THEN ROUND(
        CAST(CASE "age__part__low"
          WHEN ''
          THEN NULL
          WHEN 'zero'
          THEN '0'
          WHEN 'one'
          THEN '1'
          WHEN 'two'
          THEN '2'
          WHEN 'three'
          THEN '3'
          WHEN 'four'
          THEN '4'
          WHEN 'five'
          THEN '5'
          WHEN 'six'
          THEN '6'
          WHEN 'seven'
          THEN '7'
          WHEN 'eight'
          THEN '8'
          WHEN 'nine'
          THEN '9'
          WHEN 'ten'
          THEN '10'
          WHEN 'eleven'
          THEN '11'
          WHEN 'twelve'
          THEN '12'
          ELSE CASE
            WHEN STRPOS("age__part__low", ',') > 0
            THEN REPLACE("age__part__low", ',', '')
            ELSE "age__part__low"
          END
        END AS DECIMAL),
        18
      )
    END AS "age__low_number",
    CASE
      WHEN ABS(
        ROUND(
          CAST(CASE "age__part__high"
            WHEN ''
            THEN NULL
            WHEN 'zero'
            THEN '0'
            WHEN 'one'
            THEN '1'
            WHEN 'two'
            THEN '2'
            WHEN 'three'
            THEN '3'
            WHEN 'four'
            THEN '4'
            WHEN 'five'
            THEN '5'
            WHEN 'six'
            THEN '6'
            WHEN 'seven'
            THEN '7'
            WHEN 'eight'
            THEN '8'
            WHEN 'nine'
            THEN '9'
            WHEN 'ten'
            THEN '10'
            WHEN 'eleven'
            THEN '11'
            WHEN 'twelve'
            THEN '12'
            ELSE CASE
              WHEN STRPOS("age__part__high", ',') > 0
              THEN REPLACE("age__part__high", ',', '')
              ELSE "age__part__high"
            END
          END AS DECIMAL),
          18
        )
      ) < 100000000000000
      THEN ROUND(
        CAST(CASE "age__part__high"
          WHEN ''
          THEN NULL
          WHEN 'zero'
          THEN '0'
          WHEN 'one'
          THEN '1'
          WHEN 'two'
          THEN '2'
          WHEN 'three'
          THEN '3'
          WHEN 'four'
          THEN '4'
          WHEN 'five'
          THEN '5'
          WHEN 'six'
          THEN '6'
          WHEN 'seven'
          THEN '7'
          WHEN 'eight'
          THEN '8'
          WHEN 'nine'
          THEN '9'
          WHEN 'ten'
          THEN '10'
          WHEN 'eleven'
          THEN '11'
          WHEN 'twelve'
          THEN '12'
          ELSE CASE
            WHEN STRPOS("age__part__high", ',') > 0
            THEN REPLACE("age__part__high", ',', '')
            ELSE "age__part__high"
          END
        END AS DECIMAL),
        18
      )
    END AS "age__high_number",
    CASE
      WHEN ABS(
        ROUND(
          CAST(CASE "revenue__part__low"
            WHEN ''
            THEN NULL
            WHEN 'zero'
            THEN '0'
            WHEN 'one'
            THEN '1'
            WHEN 'two'
            THEN '2'
            WHEN 'three'
            THEN '3'
            WHEN 'four'
            THEN '4'
            WHEN 'five'
            THEN '5'
            WHEN 'six'
            THEN '6'
            WHEN 'seven'
            THEN '7'
            WHEN 'eight'
            THEN '8'
            WHEN 'nine'
            THEN '9'
            WHEN 'ten'
            THEN '10'
            WHEN 'eleven'
            THEN '11'
            WHEN 'twelve'
            THEN '12'
            ELSE CASE
              WHEN STRPOS("revenue__part__low", ',') > 0
              THEN REPLACE("revenue__part__low", ',', '')
              ELSE "revenue__part__low"
            END
          END AS DECIMAL),
          18
        )
      ) < 10000000000000000000
      THEN ROUND(
        CAST(CASE "revenue__part__low"
          WHEN ''
          THEN NULL
          WHEN 'zero'
          THEN '0'
          WHEN 'one'
          THEN '1'
          WHEN 'two'
          THEN '2'
          WHEN 'three'
          THEN '3'
          WHEN 'four'
          THEN '4'
          WHEN 'five'
          THEN '5'
          WHEN 'six'
          THEN '6'
          WHEN 'seven'
          THEN '7'
          WHEN 'eight'
          THEN '8'
          WHEN 'nine'
          THEN '9'
          WHEN 'ten'
          THEN '10'
          WHEN 'eleven'
          THEN '11'
          WHEN 'twelve'
          THEN '12'
          ELSE CASE
            WHEN STRPOS("revenue__part__low", ',') > 0
            THEN REPLACE("revenue__part__low", ',', '')
            ELSE "revenue__part__low"
          END
        END AS DECIMAL),
        18
      )
    END AS "revenue__low_number",
    CASE
      WHEN ABS(
        ROUND(
          CAST(CASE "revenue__part__high"
            WHEN ''
            THEN NULL
            WHEN 'zero'
            THEN '0'
            WHEN 'one'
            THEN '1'
            WHEN 'two'
            THEN '2'
            WHEN 'three'
            THEN '3'
            WHEN 'four'
            THEN '4'
            WHEN 'five'
            THEN '5'
            WHEN 'six'
            THEN '6'
            WHEN 'seven'
            THEN '7'
            WHEN 'eight'
            THEN '8'
            WHEN 'nine'
            THEN '9'
            WHEN 'ten'
            THEN '10'
            WHEN 'eleven'
            THEN '11'
            WHEN 'twelve'
            THEN '12'
            ELSE CASE
              WHEN STRPOS("revenue__part__high", ',') > 0
              THEN REPLACE("revenue__part__high", ',', '')
              ELSE "revenue__part__high"
            END
          END AS DECIMAL),
          18
        )
      ) < 10000000000000000000
      THEN ROUND(
        CAST(CASE "revenue__part__high"
          WHEN ''
          THEN NULL
          WHEN 'zero'
          THEN '0'
          WHEN 'one'
          THEN '1'
          WHEN 'two'
          THEN '2'
          WHEN 'three'
          THEN '3'
          WHEN 'four'
          THEN '4'
          WHEN 'five'
          THEN '5'
          WHEN 'six'
          THEN '6'
          WHEN 'seven'
          THEN '7'
          WHEN 'eight'
          THEN '8'
          WHEN 'nine'
          THEN '9'
          WHEN 'ten'
          THEN '10'
          WHEN 'eleven'
          THEN '11'
          WHEN 'twelve'
          THEN '12'
          ELSE CASE
            WHEN STRPOS("revenue__part__high", ',') > 0
            THEN REPLACE("revenue__part__high", ',', '')
            ELSE "revenue__part__high"
          END
        END AS DECIMAL),
        18
      )
    END AS "revenue__high_number"
  FROM "reading_4"
), "reading_6" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN "staff__part__low_suffix" = ''
      AND "staff__part__high_suffix" <> ''
      AND "staff__low_number" <= "staff__high_number"
      THEN "staff__part__high_suffix"
      WHEN "staff__part__low_suffix" <> ''
      THEN "staff__part__low_suffix"
      ELSE "staff__part__last_suffix"
    END AS "staff__low_suffix",
    CASE
      WHEN "sellers__part__low_suffix" = ''
      AND "sellers__part__high_suffix" <> ''
      AND "sellers__low_number" <= "sellers__high_number"
      THEN "sellers__part__high_suffix"
      WHEN "sellers__part__low_suffix" <> ''
      THEN "sellers__part__low_suffix"
      ELSE "sellers__part__last_suffix"
    END AS "sellers__low_suffix",
    CASE
      WHEN NOT "led_by__written" IS NULL
      THEN "led_by__written"
      WHEN NOT "led_by__blank"
      THEN CASE "led_by__squashed"
        WHEN 'nobody'
        THEN 'nobody'
        WHEN 'noone'
        THEN 'nobody'
        WHEN 'none'
        THEN 'nobody'
        WHEN 'owner'
        THEN 'owner'
        WHEN 'professional'
        THEN 'professional'
        WHEN 'vpsales'
        THEN 'professional'
        ELSE CASE
          WHEN "led_by__found" = 1
          THEN CASE WHEN "led_by__fits_1" THEN 'owner' WHEN "led_by__fits_2" THEN 'professional' END
        END
      END
    END AS "led_by__value",
    CASE
      WHEN "attained__part__low_suffix" = ''
      AND "attained__part__high_suffix" <> ''
      AND "attained__low_number" <= "attained__high_number"
      THEN "attained__part__high_suffix"
      WHEN "attained__part__low_suffix" <> ''
      THEN "attained__part__low_suffix"
      ELSE "attained__part__last_suffix"
    END AS "attained__low_suffix",
    CASE
      WHEN "age__part__low_suffix" = ''
      AND "age__part__high_suffix" <> ''
      AND "age__low_number" <= "age__high_number"
      THEN "age__part__high_suffix"
      WHEN "age__part__low_suffix" <> ''
      THEN "age__part__low_suffix"
      ELSE "age__part__last_suffix"
    END AS "age__low_suffix",
    CASE
      WHEN "revenue__part__low_suffix" = ''
      AND "revenue__part__high_suffix" <> ''
      AND "revenue__low_number" <= "revenue__high_number"
      THEN "revenue__part__high_suffix"
      WHEN "revenue__part__low_suffix" <> ''
      THEN "revenue__part__low_suffix"
      ELSE "revenue__part__last_suffix"
    END AS "revenue__low_suffix"
  FROM "reading_5"
), "reading_7" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN "staff__low_suffix" = ''
      THEN "staff__low_number"
      ELSE CASE
        WHEN ABS(
          ROUND(
            CAST((
              CASE
                WHEN STRPOS("staff__part__low", 'e') > 0
                THEN CAST("staff__low_number" AS TEXT)
                ELSE CASE "staff__part__low"
                  WHEN ''
                  THEN NULL
                  WHEN 'zero'
                  THEN '0'
                  WHEN 'one'
                  THEN '1'
                  WHEN 'two'
                  THEN '2'
                  WHEN 'three'
                  THEN '3'
                  WHEN 'four'
                  THEN '4'
                  WHEN 'five'
                  THEN '5'
                  WHEN 'six'
                  THEN '6'
                  WHEN 'seven'
                  THEN '7'
                  WHEN 'eight'
                  THEN '8'
                  WHEN 'nine'
                  THEN '9'
                  WHEN 'ten'
                  THEN '10'
                  WHEN 'eleven'
                  THEN '11'
                  WHEN 'twelve'
                  THEN '12'
                  ELSE CASE
                    WHEN STRPOS("staff__part__low", ',') > 0
                    THEN REPLACE("staff__part__low", ',', '')
                    ELSE "staff__part__low"
                  END
                END
              END
            ) || CASE "staff__low_suffix" WHEN 'k' THEN 'e3' ELSE NULL END AS DECIMAL),
            18
          )
        ) < 10000000000000000000
        THEN ROUND(
          CAST((
            CASE
              WHEN STRPOS("staff__part__low", 'e') > 0
              THEN CAST("staff__low_number" AS TEXT)
              ELSE CASE "staff__part__low"
                WHEN ''
                THEN NULL
                WHEN 'zero'
                THEN '0'
                WHEN 'one'
                THEN '1'
                WHEN 'two'
                THEN '2'
                WHEN 'three'
                THEN '3'
                WHEN 'four'
                THEN '4'
                WHEN 'five'
                THEN '5'
                WHEN 'six'
                THEN '6'
                WHEN 'seven'
                THEN '7'
                WHEN 'eight'
                THEN '8'
                WHEN 'nine'
                THEN '9'
                WHEN 'ten'
                THEN '10'
                WHEN 'eleven'
                THEN '11'
                WHEN 'twelve'
                THEN '12'
                ELSE CASE
                  WHEN STRPOS("staff__part__low", ',') > 0
                  THEN REPLACE("staff__part__low", ',', '')
                  ELSE "staff__part__low"
                END
              END
            END
          ) || CASE "staff__low_suffix" WHEN 'k' THEN 'e3' ELSE NULL END AS DECIMAL),
          18
        )
      END
    END AS "staff__first",
    CASE
      WHEN "staff__part__high_suffix" = ''
      THEN "staff__high_number"
      ELSE CASE
        WHEN ABS(
          ROUND(
            CAST((
              CASE
                WHEN STRPOS("staff__part__high", 'e') > 0
                THEN CAST("staff__high_number" AS TEXT)
                ELSE CASE "staff__part__high"
                  WHEN ''
                  THEN NULL
                  WHEN 'zero'
                  THEN '0'
                  WHEN 'one'
                  THEN '1'
                  WHEN 'two'
                  THEN '2'
                  WHEN 'three'
                  THEN '3'
                  WHEN 'four'
                  THEN '4'
                  WHEN 'five'
                  THEN '5'
                  WHEN 'six'
                  THEN '6'
                  WHEN 'seven'
                  THEN '7'
                  WHEN 'eight'
                  THEN '8'
                  WHEN 'nine'
                  THEN '9'
                  WHEN 'ten'
                  THEN '10'
                  WHEN 'eleven'
                  THEN '11'
                  WHEN 'twelve'
                  THEN '12'
                  ELSE CASE
                    WHEN STRPOS("staff__part__high", ',') > 0
                    THEN REPLACE("staff__part__high", ',', '')
                    ELSE "staff__part__high"
                  END
                END
              END
            ) || CASE "staff__part__high_suffix" WHEN 'k' THEN 'e3' ELSE NULL END AS DECIMAL),
            18
          )
        ) < 10000000000000000000
        THEN ROUND(
          CAST((
            CASE
              WHEN STRPOS("staff__part__high", 'e') > 0
              THEN CAST("staff__high_number" AS TEXT)
              ELSE CASE "staff__part__high"
                WHEN ''
                THEN NULL
                WHEN 'zero'
                THEN '0'
                WHEN 'one'
                THEN '1'
                WHEN 'two'
                THEN '2'
                WHEN 'three'
                THEN '3'
                WHEN 'four'
                THEN '4'
                WHEN 'five'
                THEN '5'
                WHEN 'six'
                THEN '6'
                WHEN 'seven'
                THEN '7'
                WHEN 'eight'
                THEN '8'
                WHEN 'nine'
                THEN '9'
                WHEN 'ten'
                THEN '10'
                WHEN 'eleven'
                THEN '11'
                WHEN 'twelve'
                THEN '12'
                ELSE CASE
                  WHEN STRPOS("staff__part__high", ',') > 0
                  THEN REPLACE("staff__part__high", ',', '')
                  ELSE "staff__part__high"
                END
              END
            END
          ) || CASE "staff__part__high_suffix" WHEN 'k' THEN 'e3' ELSE NULL END AS DECIMAL),
          18
        )
      END
    END AS "staff__last",
    CASE
      WHEN "sellers__low_suffix" = ''
      THEN "sellers__low_number"
      ELSE CASE
        WHEN ABS(
          ROUND(
            CAST((
              CASE
                WHEN STRPOS("sellers__part__low", 'e') > 0
                THEN CAST("sellers__low_number" AS TEXT)
                ELSE CASE "sellers__part__low"
                  WHEN ''
                  THEN NULL
                  WHEN 'zero'
                  THEN '0'
                  WHEN 'one'
                  THEN '1'
                  WHEN 'two'
                  THEN '2'
                  WHEN 'three'
                  THEN '3'
                  WHEN 'four'
                  THEN '4'
                  WHEN 'five'
                  THEN '5'
                  WHEN 'six'
                  THEN '6'
                  WHEN 'seven'
                  THEN '7'
                  WHEN 'eight'
                  THEN '8'
                  WHEN 'nine'
                  THEN '9'
                  WHEN 'ten'
                  THEN '10'
                  WHEN 'eleven'
                  THEN '11'
                  WHEN 'twelve'
                  THEN '12'
                  ELSE CASE
                    WHEN STRPOS("sellers__part__low", ',') > 0
                    THEN REPLACE("sellers__part__low", ',', '')
                    ELSE "sellers__part__low"
                  END
                END
              END
            ) || CASE "sellers__low_suffix" WHEN 'k' THEN 'e3' ELSE NULL END AS DECIMAL),
            18
          )
        ) < 10000000000000000000
        THEN ROUND(
          CAST((
            CASE
              WHEN STRPOS("sellers__part__low", 'e') > 0
              THEN CAST("sellers__low_number" AS TEXT)
              ELSE CASE "sellers__part__low"
                WHEN ''
                THEN NULL
                WHEN 'zero'
                THEN '0'
                WHEN 'one'
                THEN '1'
                WHEN 'two'
                THEN '2'
                WHEN 'three'
                THEN '3'
                WHEN 'four'
                THEN '4'
                WHEN 'five'
                THEN '5'
                WHEN 'six'
                THEN '6'
                WHEN 'seven'
                THEN '7'
                WHEN 'eight'
                THEN '8'
                WHEN 'nine'
                THEN '9'
                WHEN 'ten'
                THEN '10'
                WHEN 'eleven'
                THEN '11'
                WHEN 'twelve'
                THEN '12'
                ELSE CASE
                  WHEN STRPOS("sellers__part__low", ',') > 0
                  THEN REPLACE("sellers__part__low", ',', '')
                  ELSE "sellers__part__low"
                END
              END
            END
          ) || CASE "sellers__low_suffix" WHEN 'k' THEN 'e3' ELSE NULL END AS DECIMAL),
          18
        )
      END
    END AS "sellers__first",
    CASE
      WHEN "sellers__part__high_suffix" = ''
      THEN "sellers__high_number"
      ELSE CASE
        WHEN ABS(
          ROUND(
            CAST((
              CASE
                WHEN STRPOS("sellers__part__high", 'e') > 0
                THEN CAST("sellers__high_number" AS TEXT)
                ELSE CASE "sellers__part__high"
                  WHEN ''
                  THEN NULL
                  WHEN 'zero'
                  THEN '0'
                  WHEN 'one'
                  THEN '1'
                  WHEN 'two'
                  THEN '2'
                  WHEN 'three'
                  THEN '3'
                  WHEN 'four'
                  THEN '4'
                  WHEN 'five'
                  THEN '5'
                  WHEN 'six'
                  THEN '6'
                  WHEN 'seven'
                  THEN '7'
                  WHEN 'eight'
                  THEN '8'
                  WHEN 'nine'
                  THEN '9'
                  WHEN 'ten'
                  THEN '10'
                  WHEN 'eleven'
                  THEN '11'
                  WHEN 'twelve'
                  THEN '12'
                  ELSE CASE
                    WHEN STRPOS("sellers__part__high", ',') > 0
                    THEN REPLACE("sellers__part__high", ',', '')
                    ELSE "sellers__part__high"
                  END
                END
              END
            ) || CASE "sellers__part__high_suffix" WHEN 'k' THEN 'e3' ELSE NULL END AS DECIMAL),
            18
          )
        ) < 10000000000000000000
        THEN ROUND(
          CAST((
            CASE
              WHEN STRPOS("sellers__part__high", 'e') > 0
              THEN CAST("sellers__high_number" AS TEXT)
              ELSE CASE "sellers__part__high"
                WHEN ''
                THEN NULL
                WHEN 'zero'
                THEN '0'
                WHEN 'one'
                THEN '1'
                WHEN 'two'
                THEN '2'
                WHEN 'three'
                THEN '3'
                WHEN 'four'
                THEN '4'
                WHEN 'five'
                THEN '5'
                WHEN 'six'
                THEN '6'
                WHEN 'seven'
                THEN '7'
                WHEN 'eight'
                THEN '8'
                WHEN 'nine'
                THEN '9'
                WHEN 'ten'
                THEN '10'
                WHEN 'eleven'
                THEN '11'
                WHEN 'twelve'
                THEN '12'
                ELSE CASE
                  WHEN STRPOS("sellers__part__high", ',') > 0
                  THEN REPLACE("sellers__part__high", ',', '')
                  ELSE "sellers__part__high"
                END
              END
            END
          ) || CASE "sellers__part__high_suffix" WHEN 'k' THEN 'e3' ELSE NULL END AS DECIMAL),
          18
        )
      END
    END AS "sellers__last",
    "led_by__value" IS NULL AND NOT "led_by__blank" AS "led_by__odd",
    "attained__low_number" AS "attained__first_written",
    "attained__high_number" AS "attained__last_written",
    CAST("age__low_number" * CAST(CASE "age__low_suffix"
      WHEN 'months'
      THEN 4745
      WHEN 'month'
      THEN 4745
      WHEN 'mths'
      THEN 4745
      WHEN 'mth'
      THEN 4745
      WHEN 'mos'
      THEN 4745
      WHEN 'mo'
      THEN 4745
      WHEN 'weeks'
      THEN 1095
      WHEN 'week'
      THEN 1095
      WHEN 'wks'
      THEN 1095
      WHEN 'wk'
      THEN 1095
      WHEN 'days'
      THEN 156
      WHEN 'day'
      THEN 156
      WHEN 'd'
      THEN 156
      ELSE 56940
    END AS DECIMAL(5, 0)) AS DECIMAL(37, 18)) AS "age__first",
    CAST("age__high_number" * CAST(CASE "age__part__high_suffix"
      WHEN 'months'
      THEN 4745
      WHEN 'month'
      THEN 4745
      WHEN 'mths'
      THEN 4745
      WHEN 'mth'
      THEN 4745
      WHEN 'mos'
      THEN 4745
      WHEN 'mo'
      THEN 4745
      WHEN 'weeks'
      THEN 1095
      WHEN 'week'
      THEN 1095
      WHEN 'wks'
      THEN 1095
      WHEN 'wk'
      THEN 1095
      WHEN 'days'
      THEN 156
      WHEN 'day'
      THEN 156
      WHEN 'd'
      THEN 156
      ELSE 56940
    END AS DECIMAL(5, 0)) AS DECIMAL(37, 18)) AS "age__last",
    CASE
      WHEN "revenue__low_suffix" = ''
      THEN "revenue__low_number"
      ELSE CASE
        WHEN ABS(
          ROUND(
            CAST((
              CASE
                WHEN STRPOS("revenue__part__low", 'e') > 0
                THEN CAST("revenue__low_number" AS TEXT)
                ELSE CASE "revenue__part__low"
                  WHEN ''
                  THEN NULL
                  WHEN 'zero'
                  THEN '0'
                  WHEN 'one'
                  THEN '1'
                  WHEN 'two'
                  THEN '2'
                  WHEN 'three'
                  THEN '3'
                  WHEN 'four'
                  THEN '4'
                  WHEN 'five'
                  THEN '5'
                  WHEN 'six'
                  THEN '6'
                  WHEN 'seven'
                  THEN '7'
                  WHEN 'eight'
                  THEN '8'
                  WHEN 'nine'
                  THEN '9'
                  WHEN 'ten'
                  THEN '10'
                  WHEN 'eleven'
                  THEN '11'
                  WHEN 'twelve'
                  THEN '12'
                  ELSE CASE
                    WHEN STRPOS("revenue__part__low", ',') > 0
                    THEN REPLACE("revenue__part__low", ',', '')
                    ELSE "revenue__part__low"
                  END
                END
              END
            ) || CASE "revenue__low_suffix"
              WHEN 'thousand'
              THEN 'e3'
              WHEN 'k'
              THEN 'e3'
              WHEN 'million'
              THEN 'e6'
              WHEN 'mm'
              THEN 'e6'
              WHEN 'm'
              THEN 'e6'
              WHEN 'billion'
              THEN 'e9'
              WHEN 'bn'
              THEN 'e9'
              WHEN 'b'
              THEN 'e9'
              ELSE NULL
            END AS DECIMAL),
            18
          )
        ) < 10000000000000000000
        THEN ROUND(
          CAST((
            CASE
              WHEN STRPOS("revenue__part__low", 'e') > 0
              THEN CAST("revenue__low_number" AS TEXT)
              ELSE CASE "revenue__part__low"
                WHEN ''
                THEN NULL
                WHEN 'zero'
                THEN '0'
                WHEN 'one'
                THEN '1'
                WHEN 'two'
                THEN '2'
                WHEN 'three'
                THEN '3'
                WHEN 'four'
                THEN '4'
                WHEN 'five'
                THEN '5'
                WHEN 'six'
                THEN '6'
                WHEN 'seven'
                THEN '7'
                WHEN 'eight'
                THEN '8'
                WHEN 'nine'
                THEN '9'
                WHEN 'ten'
                THEN '10'
                WHEN 'eleven'
                THEN '11'
                WHEN 'twelve'
                THEN '12'
                ELSE CASE
                  WHEN STRPOS("revenue__part__low", ',') > 0
                  THEN REPLACE("revenue__part__low", ',', '')
                  ELSE "revenue__part__low"
                END
              END
            END
          ) || CASE "revenue__low_suffix"
            WHEN 'thousand'
            THEN 'e3'
            WHEN 'k'
            THEN 'e3'
            WHEN 'million'
            THEN 'e6'
            WHEN 'mm'
            THEN 'e6'
            WHEN 'm'
            THEN 'e6'
            WHEN 'billion'
            THEN 'e9'
            WHEN 'bn'
            THEN 'e9'
            WHEN 'b'
            THEN 'e9'
            ELSE NULL
          END AS DECIMAL),
          18
        )
      END
    END AS "revenue__first",
    CASE
      WHEN "revenue__part__high_suffix" = ''
      THEN "revenue__high_number"
      ELSE CASE
        WHEN ABS(
          ROUND(
            CAST((
              CASE
                WHEN STRPOS("revenue__part__high", 'e') > 0
                THEN CAST("revenue__high_number" AS TEXT)
                ELSE CASE "revenue__part__high"
                  WHEN ''
                  THEN NULL
                  WHEN 'zero'
                  THEN '0'
                  WHEN 'one'
                  THEN '1'
                  WHEN 'two'
                  THEN '2'
                  WHEN 'three'
                  THEN '3'
                  WHEN 'four'
                  THEN '4'
                  WHEN 'five'
                  THEN '5'
                  WHEN 'six'
                  THEN '6'
                  WHEN 'seven'
                  THEN '7'
                  WHEN 'eight'
                  THEN '8'
                  WHEN 'nine'
                  THEN '9'
                  WHEN 'ten'
                  THEN '10'
                  WHEN 'eleven'
                  THEN '11'
                  WHEN 'twelve'
                  THEN '12'
                  ELSE CASE
                    WHEN STRPOS("revenue__part__high", ',') > 0
                    THEN REPLACE("revenue__part__high", ',', '')
                    ELSE "revenue__part__high"
                  END
                END
              END
            ) || CASE "revenue__part__high_suffix"
              WHEN 'thousand'
              THEN 'e3'
              WHEN 'k'
              THEN 'e3'
              WHEN 'million'
              THEN 'e6'
              WHEN 'mm'
              THEN 'e6'
              WHEN 'm'
              THEN 'e6'
              WHEN 'billion'
              THEN 'e9'
              WHEN 'bn'
              THEN 'e9'
              WHEN 'b'
              THEN 'e9'
              ELSE NULL
            END AS DECIMAL),
            18
          )
        ) < 10000000000000000000
        THEN ROUND(
          CAST((
            CASE
              WHEN STRPOS("revenue__part__high", 'e') > 0
              THEN CAST("revenue__high_number" AS TEXT)
              ELSE CASE "revenue__part__high"
                WHEN ''
                THEN NULL
                WHEN 'zero'
                THEN '0'
                WHEN 'one'
                THEN '1'
                WHEN 'two'
                THEN '2'
                WHEN 'three'
                THEN '3'
                WHEN 'four'
                THEN '4'
                WHEN 'five'
                THEN '5'
                WHEN 'six'
                THEN '6'
                WHEN 'seven'
                THEN '7'
                WHEN 'eight'
                THEN '8'
                WHEN 'nine'
                THEN '9'
                WHEN 'ten'
                THEN '10'
                WHEN 'eleven'
                THEN '11'
                WHEN 'twelve'
                THEN '12'
                ELSE CASE
                  WHEN STRPOS("revenue__part__high", ',') > 0
                  THEN REPLACE("revenue__part__high", ',', '')
                  ELSE "revenue__part__high"
                END
              END
            END
          ) || CASE "revenue__part__high_suffix"
            WHEN 'thousand'
            THEN 'e3'
            WHEN 'k'
            THEN 'e3'
            WHEN 'million'
            THEN 'e6'
            WHEN 'mm'
            THEN 'e6'
            WHEN 'm'
            THEN 'e6'
            WHEN 'billion'
            THEN 'e9'
            WHEN 'bn'
            THEN 'e9'
            WHEN 'b'
            THEN 'e9'
            ELSE NULL
          END AS DECIMAL),
          18
        )
      END
    END AS "revenue__last"
  FROM "reading_6"
), "reading_8" AS MATERIALIZED (
  SELECT
    *,
    CASE
      WHEN "staff__first" IS NULL
      OR (
        "staff__part__high" <> '' AND "staff__last" IS NULL
      )
      THEN ''
      WHEN "staff__part__after" <> '' AND "staff__part__before" <> ''
      THEN ''
      WHEN "staff__part__last_suffix" <> ''
      AND (
        "staff__part__low_suffix" <> '' OR "staff__part__after" = ''
      )
      THEN ''
      WHEN "staff__part__high" <> ''
      THEN CASE
        WHEN CASE "staff__part__before"
          WHEN ''
          THEN TRUE
          WHEN 'about'
          THEN TRUE
          WHEN '~'
          THEN TRUE
          ELSE FALSE
        END
        AND "staff__part__after" = ''
        AND "staff__first" <= "staff__last"
        THEN '-'
        ELSE ''
      END
      WHEN "staff__part__after" <> ''
      THEN CASE "staff__part__after"
        WHEN '>='
        THEN '>='
        WHEN '≥'
        THEN '>='
        WHEN 'at least'
        THEN '>='
        WHEN '+'
        THEN '>='
        WHEN 'or more'
        THEN '>='
        WHEN '>'
        THEN '>'
        WHEN 'more than'
        THEN '>'
        WHEN 'over'
        THEN '>'
        WHEN '<='
        THEN '<='
        WHEN '≤'
        THEN '<='
        WHEN 'at most'
        THEN '<='
        WHEN 'up to'
        THEN '<='
        WHEN 'or fewer'
        THEN '<='
        WHEN 'or less'
        THEN '<='
        WHEN '<'
        THEN '<'
        WHEN 'less than'
        THEN '<'
        WHEN 'fewer than'
        THEN '<'
        WHEN 'under'
        THEN '<'
        ELSE ''
      END
      ELSE CASE "staff__part__before"
        WHEN '>='
        THEN '>='
        WHEN '≥'
        THEN '>='
        WHEN 'at least'
        THEN '>='
        WHEN '+'
        THEN '>='
        WHEN 'or more'
        THEN '>='
        WHEN '>'
        THEN '>'
        WHEN 'more than'
        THEN '>'
        WHEN 'over'
        THEN '>'
        WHEN '<='
        THEN '<='
        WHEN '≤'
        THEN '<='
        WHEN 'at most'
        THEN '<='
        WHEN 'up to'
        THEN '<='
        WHEN 'or fewer'
        THEN '<='
        WHEN 'or less'
        THEN '<='
        WHEN '<'
        THEN '<'
        WHEN 'less than'
        THEN '<'
        WHEN 'fewer than'
        THEN '<'
        WHEN 'under'
        THEN '<'
        ELSE '='
      END
    END AS "staff__bound",
    CASE
      WHEN "sellers__first" IS NULL
      OR (
        "sellers__part__high" <> '' AND "sellers__last" IS NULL
      )
      THEN ''
      WHEN "sellers__part__after" <> '' AND "sellers__part__before" <> ''
      THEN ''
      WHEN "sellers__part__last_suffix" <> ''
      AND (
        "sellers__part__low_suffix" <> '' OR "sellers__part__after" = ''
      )
      THEN ''
      WHEN "sellers__part__high" <> ''
      THEN CASE
        WHEN CASE "sellers__part__before"
          WHEN ''
          THEN TRUE
          WHEN 'about'
          THEN TRUE
          WHEN '~'
          THEN TRUE
          ELSE FALSE
        END
        AND "sellers__part__after" = ''
        AND "sellers__first" <= "sellers__last"
        THEN '-'
        ELSE ''
      END
      WHEN "sellers__part__after" <> ''
      THEN CASE "sellers__part__after"
        WHEN '>='
        THEN '>='
        WHEN '≥'
        THEN '>='
        WHEN 'at least'
        THEN '>='
        WHEN '+'
        THEN '>='
        WHEN 'or more'
        THEN '>='
        WHEN '>'
        THEN '>'
        WHEN 'more than'
        THEN '>'
        WHEN 'over'
        THEN '>'
        WHEN '<='
        THEN '<='
        WHEN '≤'
        THEN '<='
        WHEN 'at most'
        THEN '<='
        WHEN 'up to'
        THEN '<='
        WHEN 'or fewer'
        THEN '<='
        WHEN 'or less'
        THEN '<='
        WHEN '<'
        THEN '<'
        WHEN 'less than'
        THEN '<'
        WHEN 'fewer than'
        THEN '<'
        WHEN 'under'
        THEN '<'
        ELSE ''
      END
      ELSE CASE "sellers__part__before"
        WHEN '>='
        THEN '>='
        WHEN '≥'
        THEN '>='
        WHEN 'at least'
        THEN '>='
        WHEN '+'
        THEN '>='
        WHEN 'or more'
        THEN '>='
        WHEN '>'
        THEN '>'
        WHEN 'more than'
        THEN '>'
        WHEN 'over'
        THEN '>'
        WHEN '<='
        THEN '<='
        WHEN '≤'
        THEN '<='
        WHEN 'at most'
        THEN '<='
        WHEN 'up to'
        THEN '<='
        WHEN 'or fewer'
        THEN '<='
        WHEN 'or less'
        THEN '<='
        WHEN '<'
        THEN '<'
        WHEN 'less than'
        THEN '<'
        WHEN 'fewer than'
        THEN '<'
        WHEN 'under'
        THEN '<'
        ELSE '='
      END
    END AS "sellers__bound",
    CASE
      WHEN "attained__low_suffix" = ''
      AND "attained__part__high_suffix" = ''
      AND ABS("attained__first_written") <= 2
      AND (
        "attained__part__high" = '' OR ABS("attained__last_written") <= 2
      )
      THEN CAST(CAST(CASE WHEN ABS("attained__first_written") <= 2 THEN "attained__first_written" END AS DECIMAL(19, 18)) * CAST(100 AS DECIMAL(3, 0)) AS DECIMAL(37, 18))
      ELSE "attained__first_written"
    END AS "attained__first",
    CASE
      WHEN "attained__low_suffix" = ''
      AND "attained__part__high_suffix" = ''
      AND ABS("attained__first_written") <= 2
      AND (
        "attained__part__high" = '' OR ABS("attained__last_written") <= 2
      )
      THEN CAST(CAST(CASE WHEN ABS("attained__last_written") <= 2 THEN "attained__last_written" END AS DECIMAL(19, 18)) * CAST(100 AS DECIMAL(3, 0)) AS DECIMAL(37, 18))
      ELSE "attained__last_written"
    END AS "attained__last",
    CASE
      WHEN "age__first" IS NULL OR (
        "age__part__high" <> '' AND "age__last" IS NULL
      )
      THEN ''
      WHEN "age__part__after" <> '' AND "age__part__before" <> ''
      THEN ''
      WHEN "age__part__last_suffix" <> ''
      AND (
        "age__part__low_suffix" <> '' OR "age__part__after" = ''
      )
      THEN ''
      WHEN "age__part__high" <> ''
      THEN CASE
        WHEN CASE "age__part__before"
          WHEN ''
          THEN TRUE
          WHEN 'about'
          THEN TRUE
          WHEN '~'
          THEN TRUE
          ELSE FALSE
        END
        AND "age__part__after" = ''
        AND "age__first" <= "age__last"
        THEN '-'
        ELSE ''
      END
      WHEN "age__part__after" <> ''
      THEN CASE "age__part__after"
        WHEN '>='
        THEN '>='
        WHEN '≥'
        THEN '>='
        WHEN 'at least'
        THEN '>='
        WHEN '+'
        THEN '>='
        WHEN 'or more'
        THEN '>='
        WHEN '>'
        THEN '>'
        WHEN 'more than'
        THEN '>'
        WHEN 'over'
        THEN '>'
        WHEN '<='
        THEN '<='
        WHEN '≤'
        THEN '<='
        WHEN 'at most'
        THEN '<='
        WHEN 'up to'
        THEN '<='
        WHEN 'or fewer'
        THEN '<='
        WHEN 'or less'
        THEN '<='
        WHEN '<'
        THEN '<'
        WHEN 'less than'
        THEN '<'
        WHEN 'fewer than'
        THEN '<'
        WHEN 'under'
        THEN '<'
        ELSE ''
      END
      ELSE CASE "age__part__before"
        WHEN '>='
        THEN '>='
        WHEN '≥'
        THEN '>='
        WHEN 'at least'
        THEN '>='
        WHEN '+'
        THEN '>='
        WHEN 'or more'
        THEN '>='
        WHEN '>'
        THEN '>'
        WHEN 'more than'
        THEN '>'
        WHEN 'over'
        THEN '>'
        WHEN '<='
        THEN '<='
        WHEN '≤'
        THEN '<='
        WHEN 'at most'
        THEN '<='
        WHEN 'up to'
        THEN '<='
        WHEN 'or fewer'
        THEN '<='
        WHEN 'or less'
        THEN '<='
        WHEN '<'
        THEN '<'
        WHEN 'less than'
        THEN '<'
        WHEN 'fewer than'
        THEN '<'
        WHEN 'under'
        THEN '<'
        ELSE '='
      END
    END AS "age__bound",
    CASE
      WHEN "revenue__first" IS NULL
      OR (
        "revenue__part__high" <> '' AND "revenue__last" IS NULL
      )
      THEN ''
      WHEN "revenue__part__after" <> '' AND "revenue__part__before" <> ''
      THEN ''
      WHEN "revenue__part__last_suffix" <> ''
      AND (
        "revenue__part__low_suffix" <> '' OR "revenue__part__after" = ''
      )
      THEN ''
      WHEN "revenue__part__high" <> ''
      THEN CASE
        WHEN CASE "revenue__part__before"
          WHEN ''
          THEN TRUE
          WHEN 'about'
          THEN TRUE
          WHEN '~'
          THEN TRUE
          ELSE FALSE
        END
        AND "revenue__part__after" = ''
        AND "revenue__first" <= "revenue__last"
        THEN '-'
        ELSE ''
      END
      WHEN "revenue__part__after" <> ''
      THEN CASE "revenue__part__after"
        WHEN '>='
        THEN '>='
        WHEN '≥'
        THEN '>='
        WHEN 'at least'
        THEN '>='
        WHEN '+'
        THEN '>='
        WHEN 'or more'
        THEN '>='
        WHEN '>'
        THEN '>'
        WHEN 'more than'
        THEN '>'
        WHEN 'over'
        THEN '>'
        WHEN '<='
        THEN '<='
        WHEN '≤'
        THEN '<='
        WHEN 'at most'
        THEN '<='
        WHEN 'up to'
        THEN '<='
        WHEN 'or fewer'
        THEN '<='
        WHEN 'or less'
        THEN '<='
        WHEN '<'
        THEN '<'
        WHEN 'less than'
        THEN '<'
        WHEN 'fewer than'
        THEN '<'
        WHEN 'under'
        THEN '<'
        ELSE ''
      END
      ELSE CASE "revenue__part__before"
        WHEN '>='
        THEN '>='
        WHEN '≥'
        THEN '>='
        WHEN 'at least'
        THEN '>='
        WHEN '+'
        THEN '>='
        WHEN 'or more'
        THEN '>='
        WHEN '>'
        THEN '>'
        WHEN 'more than'
        THEN '>'
        WHEN 'over'
        THEN '>'
        WHEN '<='
        THEN '<='
        WHEN '≤'
        THEN '<='
        WHEN 'at most'
        THEN '<='
        WHEN 'up to'
        THEN '<='
        WHEN 'or fewer'
        THEN '<='
        WHEN 'or less'
        THEN '<='
        WHEN '<'
        THEN '<'
        WHEN 'less than'
        THEN '<'
        WHEN 'fewer than'
        THEN '<'
        WHEN 'under'
        THEN '<'
        ELSE '='
      END
    END AS "revenue__bound"
  FROM "reading_7"
), "reading_9" AS MATERIALIZED (
  SELECT
    *,
    CASE "staff__bound"
      WHEN '='
      THEN "staff__first"
      WHEN '-'
      THEN "staff__first"
      WHEN '>='
      THEN "staff__first"
      WHEN '>'
      THEN "staff__first" + CAST(0.000000000000000001 AS DECIMAL(37, 18))
    END AS "staff__low",
    CASE "staff__bound"
      WHEN '='
      THEN "staff__first"
      WHEN '-'
      THEN "staff__last"
      WHEN '<='
      THEN "staff__first"
      WHEN '<'
      THEN "staff__first" - CAST(0.000000000000000001 AS DECIMAL(37, 18))
    END AS "staff__high",
    NOT "staff__blank" AND NOT FALSE AND "staff__bound" = '' AS "staff__odd",
    CASE "sellers__text"
      WHEN 'just me'
      THEN CAST(1.000000000000000000 AS DECIMAL(37, 18))
      ELSE CASE "sellers__bound"
        WHEN '='
        THEN "sellers__first"
        WHEN '-'
        THEN "sellers__first"
        WHEN '>='
        THEN "sellers__first"
        WHEN '>'
        THEN "sellers__first" + CAST(0.000000000000000001 AS DECIMAL(37, 18))
      END
    END AS "sellers__low",
    CASE "sellers__text"
      WHEN 'just me'
      THEN CAST(1.000000000000000000 AS DECIMAL(37, 18))
      ELSE CASE "sellers__bound"
        WHEN '='
        THEN "sellers__first"
        WHEN '-'
        THEN "sellers__last"
        WHEN '<='
        THEN "sellers__first"
        WHEN '<'
        THEN "sellers__first" - CAST(0.000000000000000001 AS DECIMAL(37, 18))
      END
    END AS "sellers__high",
    NOT "sellers__blank"
    AND NOT CASE "sellers__text" WHEN 'just me' THEN TRUE ELSE FALSE END
    AND "sellers__bound" = '' AS "sellers__odd",
    CASE
      WHEN "attained__first" IS NULL
      OR (
        "attained__part__high" <> '' AND "attained__last" IS NULL
      )
      THEN ''
      WHEN "attained__part__after" <> '' AND "attained__part__before" <> ''
      THEN ''
      WHEN "attained__part__last_suffix" <> ''
      AND (
        "attained__part__low_suffix" <> '' OR "attained__part__after" = ''
      )
      THEN ''
      WHEN "attained__part__high" <> ''
      THEN CASE
        WHEN CASE "attained__part__before"
          WHEN ''
          THEN TRUE
          WHEN 'about'
          THEN TRUE
          WHEN '~'
          THEN TRUE
          ELSE FALSE
        END
        AND "attained__part__after" = ''
        AND "attained__first" <= "attained__last"
        THEN '-'
        ELSE ''
      END
      WHEN "attained__part__after" <> ''
      THEN CASE "attained__part__after"
        WHEN '>='
        THEN '>='
        WHEN '≥'
        THEN '>='
        WHEN 'at least'
        THEN '>='
        WHEN '+'
        THEN '>='
        WHEN 'or more'
        THEN '>='
        WHEN '>'
        THEN '>'
        WHEN 'more than'
        THEN '>'
        WHEN 'over'
        THEN '>'
        WHEN '<='
        THEN '<='
        WHEN '≤'
        THEN '<='
        WHEN 'at most'
        THEN '<='
        WHEN 'up to'
        THEN '<='
        WHEN 'or fewer'
        THEN '<='
        WHEN 'or less'
        THEN '<='
        WHEN '<'
        THEN '<'
        WHEN 'less than'
        THEN '<'
        WHEN 'fewer than'
        THEN '<'
        WHEN 'under'
        THEN '<'
        ELSE ''
      END
      ELSE CASE "attained__part__before"
        WHEN '>='
        THEN '>='
        WHEN '≥'
        THEN '>='
        WHEN 'at least'
        THEN '>='
        WHEN '+'
        THEN '>='
        WHEN 'or more'
        THEN '>='
        WHEN '>'
        THEN '>'
        WHEN 'more than'
        THEN '>'
        WHEN 'over'
        THEN '>'
        WHEN '<='
        THEN '<='
        WHEN '≤'
        THEN '<='
        WHEN 'at most'
        THEN '<='
        WHEN 'up to'
        THEN '<='
        WHEN 'or fewer'
        THEN '<='
        WHEN 'or less'
        THEN '<='
        WHEN '<'
        THEN '<'
        WHEN 'less than'
        THEN '<'
        WHEN 'fewer than'
        THEN '<'
        WHEN 'under'
        THEN '<'
        ELSE '='
      END
    END AS "attained__bound",
    CASE "age__bound"
      WHEN '='
      THEN "age__first"
      WHEN '-'
      THEN "age__first"
      WHEN '>='
      THEN "age__first"
      WHEN '>'
      THEN "age__first" + CAST(0.000000000000000001 AS DECIMAL(37, 18))
    END AS "age__low",
    CASE "age__bound"
      WHEN '='
      THEN "age__first"
      WHEN '-'
      THEN "age__last"
      WHEN '<='
      THEN "age__first"
      WHEN '<'
      THEN "age__first" - CAST(0.000000000000000001 AS DECIMAL(37, 18))
    END AS "age__high",
    NOT "age__blank" AND NOT FALSE AND "age__bound" = '' AS "age__odd",
    CASE "revenue__bound"
      WHEN '='
      THEN "revenue__first"
      WHEN '-'
      THEN "revenue__first"
      WHEN '>='
      THEN "revenue__first"
      WHEN '>'
      THEN "revenue__first" + CAST(0.000000000000000001 AS DECIMAL(37, 18))
    END AS "revenue__low",
    CASE "revenue__bound"
      WHEN '='
      THEN "revenue__first"
      WHEN '-'
      THEN "revenue__last"
      WHEN '<='
      THEN "revenue__first"
      WHEN '<'
      THEN "revenue__first" - CAST(0.000000000000000001 AS DECIMAL(37, 18))
    END AS "revenue__high",
    NOT "revenue__blank" AND NOT FALSE AND "revenue__bound" = '' AS "revenue__odd"
  FROM "reading_8"
), "reading_10" AS MATERIALIZED (
  SELECT
    *,
    CASE "attained__text"
      WHEN 'exceeds'
      THEN CAST(100.000000000000000001 AS DECIMAL(37, 18))
      ELSE CASE "attained__bound"
        WHEN '='
        THEN "attained__first"
        WHEN '-'
        THEN "attained__first"
        WHEN '>='
        THEN "attained__first"
        WHEN '>'
        THEN "attained__first" + CAST(0.000000000000000001 AS DECIMAL(37, 18))
      END
    END AS "attained__low",
    CASE "attained__text"
      WHEN 'exceeds'
      THEN CAST(NULL AS DECIMAL(37, 18))
      ELSE CASE "attained__bound"
        WHEN '='
        THEN "attained__first"
        WHEN '-'
        THEN "attained__last"
        WHEN '<='
        THEN "attained__first"
        WHEN '<'
        THEN "attained__first" - CAST(0.000000000000000001 AS DECIMAL(37, 18))
      END
    END AS "attained__high",
    NOT "attained__blank"
    AND NOT CASE "attained__text" WHEN 'exceeds' THEN TRUE ELSE FALSE END
    AND "attained__bound" = '' AS "attained__odd"
  FROM "reading_9"
), "tests" AS MATERIALIZED (
  SELECT
    *,
    (
      "notes" ~* '(?:^|[^[:alnum:]])(?:trusted[^[:alnum:]]+advisor|l[^[:alnum:]]+état)(?:[^[:alnum:]]|$)'
      AND NOT "notes__blank"
    ) AS "notes__met_1",
    FALSE AS "notes__unmet_1",
    (
      "sellers__low" >= CAST(3.000000000000000000 AS DECIMAL(37, 18))
      AND "sellers__high" <= CAST(6.000000000000000000 AS DECIMAL(37, 18))
    ) AS "sellers__met_1",
    (
      "sellers__high" < CAST(3.000000000000000000 AS DECIMAL(37, 18))
      OR "sellers__low" > CAST(6.000000000000000000 AS DECIMAL(37, 18))
    ) AS "sellers__unmet_1",
    (
      "sellers__low" >= CAST(1.000000000000000000 AS DECIMAL(37, 18))
      AND "sellers__high" <= CAST(2.000000000000000000 AS DECIMAL(37, 18))
    ) AS "sellers__met_2",
    (
      "sellers__high" < CAST(1.000000000000000000 AS DECIMAL(37, 18))
      OR "sellers__low" > CAST(2.000000000000000000 AS DECIMAL(37, 18))
    ) AS "sellers__unmet_2",
    (
      "led_by__value" = 'nobody' OR "led_by__value" = 'owner'
    ) AS "led_by__met_1",
    (
      "led_by__value" <> 'nobody' AND "led_by__value" <> 'owner'
    ) AS "led_by__unmet_1",
    "attained__high" <= CAST(100.000000000000000000 AS DECIMAL(37, 18)) AS "attained__met_1",
    "attained__low" > CAST(100.000000000000000000 AS DECIMAL(37, 18)) AS "attained__unmet_1",
    "age__low" >= CAST(85410.000000000000000001 AS DECIMAL(37, 18)) AS "age__met_1",
    "age__high" < CAST(85410.000000000000000001 AS DECIMAL(37, 18)) AS "age__unmet_1",
    "revenue__high" <= CAST(499999.999999999999999999 AS DECIMAL(37, 18)) AS "revenue__met_1",
    "revenue__low" > CAST(499999.999999999999999999 AS DECIMAL(37, 18)) AS "revenue__unmet_1",
    (
      NOT "trade__blank"
      AND "trade__text" ~* '^(law|tax)(?:(?<![0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<=[0-9A-Za-z_])(?![0-9A-Za-z_]))'
    ) AS "trade__met_1",
    (
      NOT "trade__blank"
      AND NOT "trade__text" ~* '^(law|tax)(?:(?<![0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<=[0-9A-Za-z_])(?![0-9A-Za-z_]))'
    ) AS "trade__unmet_1"
  FROM "reading_10"
), "criteria" AS MATERIALIZED (
  SELECT
    *,
    "sellers__met_1" AS "criterion__fit_small__met_1",
    "sellers__unmet_1" AS "criterion__fit_small__unmet_1",
    "sellers__met_2" AS "criterion__fit_small__met_2",
    "sellers__unmet_2" AS "criterion__fit_small__unmet_2",
    (
      "led_by__met_1" OR "attained__met_1"
    ) AS "criterion__fit_gap__met_1",
    (
      "led_by__unmet_1" AND "attained__unmet_1"
    ) AS "criterion__fit_gap__unmet_1",
    "age__met_1" AS "criterion__bond_old__met_1",
    "age__unmet_1" AS "criterion__bond_old__unmet_1",
    "revenue__unmet_1" AS "criterion__bond_wealthy__met_1",
    "revenue__met_1" AS "criterion__bond_wealthy__unmet_1",
    "notes__met_1" AS "criterion__bond_trusted__met_1",
    "notes__unmet_1" AS "criterion__bond_trusted__unmet_1",
    "trade__met_1" AS "criterion__bond_advises__met_1",
    "trade__unmet_1" AS "criterion__bond_advises__unmet_1",
    CASE
      WHEN (
        "sellers__met_1" OR "sellers__met_2"
      ) AND (
        "led_by__met_1"
      )
      THEN 0
      WHEN (
        "sellers__unmet_1" AND "sellers__unmet_2"
      )
      OR (
        (
          "led_by__unmet_1" AND "attained__unmet_1"
        )
      )
      THEN 2
      ELSE 1
    END AS "out__firm"
  FROM "tests"
), "points" AS MATERIALIZED (
  SELECT
    *,
    "criterion__fit_small__met_1" OR "criterion__fit_small__met_2" AS "criterion__fit_small__met", /* fit.small: Small sales force (S2) */
    "criterion__fit_small__unmet_1" AND "criterion__fit_small__unmet_2" AS "criterion__fit_small__unmet",
    LEAST(
      CASE WHEN "criterion__fit_small__unmet_1" THEN NULL ELSE 30 END,
      CASE
        WHEN "criterion__fit_small__met_1"
        THEN NULL
        WHEN "criterion__fit_small__unmet_2"
        THEN NULL
        ELSE 20
      END,
      CASE
        WHEN "criterion__fit_small__met_1"
        THEN NULL
        WHEN "criterion__fit_small__met_2"
        THEN NULL
        ELSE 0
      END
    ) AS "criterion__fit_small__least",
    GREATEST(
      CASE WHEN "criterion__fit_small__unmet_1" THEN NULL ELSE 30 END,
      CASE
        WHEN "criterion__fit_small__met_1"
        THEN NULL
        WHEN "criterion__fit_small__unmet_2"
        THEN NULL
        ELSE 20
      END,
      CASE
        WHEN "criterion__fit_small__met_1"
        THEN NULL
        WHEN "criterion__fit_small__met_2"
        THEN NULL
        ELSE 0
      END
    ) AS "criterion__fit_small__most",
    "criterion__fit_gap__met_1" AS "criterion__fit_gap__met", /* fit.gap: Leadership gap * / DROP TABLE prospects; -- */
    "criterion__fit_gap__unmet_1" AS "criterion__fit_gap__unmet",
    CASE
      WHEN "criterion__fit_gap__met_1"
      THEN 30
      WHEN "criterion__fit_gap__unmet_1"
      THEN -10
      ELSE -10
    END AS "criterion__fit_gap__least",
    CASE
      WHEN "criterion__fit_gap__met_1"
      THEN 30
      WHEN "criterion__fit_gap__unmet_1"
      THEN -10
      ELSE 30
    END AS "criterion__fit_gap__most",
    "criterion__bond_old__met_1" AS "criterion__bond_old__met", /* bond.old: Old */
    "criterion__bond_old__unmet_1" AS "criterion__bond_old__unmet",
    CASE
      WHEN "criterion__bond_old__met_1"
      THEN 10
      WHEN "criterion__bond_old__unmet_1"
      THEN 0
      ELSE 0
    END AS "criterion__bond_old__least",
    CASE
      WHEN "criterion__bond_old__met_1"
      THEN 10
      WHEN "criterion__bond_old__unmet_1"
      THEN 0
      ELSE 10
    END AS "criterion__bond_old__most",
    "criterion__bond_wealthy__met_1" AS "criterion__bond_wealthy__met", /* bond.wealthy: Wealthy */
    "criterion__bond_wealthy__unmet_1" AS "criterion__bond_wealthy__unmet",
    CASE
      WHEN "criterion__bond_wealthy__met_1"
      THEN 10
      WHEN "criterion__bond_wealthy__unmet_1"
      THEN 0
      ELSE 0
    END AS "criterion__bond_wealthy__least",
    CASE
      WHEN "criterion__bond_wealthy__met_1"
      THEN 10
      WHEN "criterion__bond_wealthy__unmet_1"
      THEN 0
      ELSE 10
    END AS "criterion__bond_wealthy__most",
    "criterion__bond_trusted__met_1" AS "criterion__bond_trusted__met", /* bond.trusted: Trusted */
    "criterion__bond_trusted__unmet_1" AS "criterion__bond_trusted__unmet",
    CASE
      WHEN "criterion__bond_trusted__met_1"
      THEN 10
      WHEN "criterion__bond_trusted__unmet_1"
      THEN 0
      ELSE 0
    END AS "criterion__bond_trusted__least",
    CASE
      WHEN "criterion__bond_trusted__met_1"
      THEN 10
      WHEN "criterion__bond_trusted__unmet_1"
      THEN 0
      ELSE 10
    END AS "criterion__bond_trusted__most",
    "criterion__bond_advises__met_1" AS "criterion__bond_advises__met", /* bond.advises: Advises */
    "criterion__bond_advises__unmet_1" AS "criterion__bond_advises__unmet",
    CASE
      WHEN "criterion__bond_advises__met_1"
      THEN 10
      WHEN "criterion__bond_advises__unmet_1"
      THEN 0
      ELSE 0
    END AS "criterion__bond_advises__least",
    CASE
      WHEN "criterion__bond_advises__met_1"
      THEN 10
      WHEN "criterion__bond_advises__unmet_1"
      THEN 0
      ELSE 10
    END AS "criterion__bond_advises__most"
  FROM "criteria"
), "scores" AS MATERIALIZED (
  SELECT
    *,
    CAST(0 + "criterion__fit_small__least" + LEAST(GREATEST(0, "criterion__fit_gap__least"), "criterion__fit_gap__most") AS INT) AS "card__fit__earned",
    CAST(0 + "criterion__fit_small__least" + "criterion__fit_gap__least" AS INT) AS "card__fit__least",
    CAST(0 + "criterion__fit_small__most" + "criterion__fit_gap__most" AS INT) AS "card__fit__most",
    CAST(0 + "criterion__bond_old__least" + "criterion__bond_wealthy__least" + "criterion__bond_trusted__least" + "criterion__bond_advises__least" AS INT) AS "card__bond__earned",
    CAST(0 + "criterion__bond_old__least" + "criterion__bond_wealthy__least" + "criterion__bond_trusted__least" + "criterion__bond_advises__least" AS INT) AS "card__bond__least",
    CAST(0 + "criterion__bond_old__most" + "criterion__bond_wealthy__most" + "criterion__bond_trusted__most" + "criterion__bond_advises__most" AS INT) AS "card__bond__most",
    CASE
      WHEN (
        "criterion__fit_small__met"
      ) AND (
        "criterion__fit_gap__met"
      )
      THEN 0
      WHEN (
        "criterion__fit_small__unmet"
      ) OR (
        "criterion__fit_gap__unmet"
      )
      THEN 2
      ELSE 1
    END AS "out__verdict"
  FROM "points"
), "scored" AS MATERIALIZED (
  SELECT
    "id" AS "who__id",
    "name" AS "who__name",
    CAST("out__verdict" AS SMALLINT) AS "out__verdict",
    "out__verdict" <> "out__firm" AS "out__provisional",
    "card__fit__earned",
    "card__fit__least",
    "card__fit__most",
    "card__bond__earned",
    "card__bond__least",
    "card__bond__most",
    CASE
      WHEN "criterion__fit_small__met"
      THEN TRUE
      WHEN "criterion__fit_small__unmet"
      THEN FALSE
    END AS "criterion__fit_small__verdict",
    CASE
      WHEN "criterion__fit_gap__met"
      THEN TRUE
      WHEN "criterion__fit_gap__unmet"
      THEN FALSE
    END AS "criterion__fit_gap__verdict",
    CASE
      WHEN "criterion__bond_old__met"
      THEN TRUE
      WHEN "criterion__bond_old__unmet"
      THEN FALSE
    END AS "criterion__bond_old__verdict",
    CASE
      WHEN "criterion__bond_wealthy__met"
      THEN TRUE
      WHEN "criterion__bond_wealthy__unmet"
      THEN FALSE
    END AS "criterion__bond_wealthy__verdict",
    CASE
      WHEN "criterion__bond_trusted__met"
      THEN TRUE
      WHEN "criterion__bond_trusted__unmet"
      THEN FALSE
    END AS "criterion__bond_trusted__verdict",
    CASE
      WHEN "criterion__bond_advises__met"
      THEN TRUE
      WHEN "criterion__bond_advises__unmet"
      THEN FALSE
    END AS "criterion__bond_advises__verdict"
  FROM "scores"
), "ranked" AS MATERIALIZED (
  SELECT
    *,
    ROW_NUMBER() OVER (
      ORDER BY "out__verdict", -"card__fit__earned", -"card__fit__most", -"card__fit__least", -"card__bond__earned", "who__id" COLLATE "C"
    ) AS "at__rank"
  FROM "scored"
)
SELECT
  "who__id" AS "id",
  "who__name" AS "name",
  "at__rank" AS "psm_rank",
  CASE "out__verdict"
    WHEN 0
    THEN 'qualified'
    WHEN 1
    THEN 'needs_info'
    WHEN 2
    THEN 'disqualified'
  END AS "psm_verdict",
  "out__provisional" AS "psm_provisional",
  CAST((
    DIV((
      2000 * (
        CAST("card__fit__earned" AS BIGINT) - -10
      ) + 70
    ), 140)
  ) AS DECIMAL(9, 0)) * 0.1 AS "psm_fit_score",
  CAST((
    DIV((
      2000 * (
        CAST("card__fit__most" AS BIGINT) - -10
      ) + 70
    ), 140)
  ) AS DECIMAL(9, 0)) * 0.1 AS "psm_fit_potential",
  CAST((
    DIV(
      (
        2000 * (
          70 - (
            CAST("card__fit__most" AS BIGINT) - "card__fit__least"
          )
        ) + 70
      ),
      140
    )
  ) AS DECIMAL(9, 0)) * 0.001 AS "psm_fit_known",
  CASE
    WHEN (
      DIV(
        (
          2000 * (
            70 - (
              CAST("card__fit__most" AS BIGINT) - "card__fit__least"
            )
          ) + 70
        ),
        140
      )
    ) < 0
    THEN 'unknown'
    WHEN (
      DIV((
        2000 * (
          CAST("card__fit__earned" AS BIGINT) - -10
        ) + 70
      ), 140)
    ) >= 600
    THEN 'A'
    WHEN (
      DIV((
        2000 * (
          CAST("card__fit__earned" AS BIGINT) - -10
        ) + 70
      ), 140)
    ) >= 0
    THEN 'B'
  END AS "psm_fit_band",
  CAST((
    DIV((
      2000 * (
        CAST("card__bond__earned" AS BIGINT) - 0
      ) + 40
    ), 80)
  ) AS DECIMAL(9, 0)) * 0.1 AS "psm_bond_score",
  CAST((
    DIV((
      2000 * (
        CAST("card__bond__most" AS BIGINT) - 0
      ) + 40
    ), 80)
  ) AS DECIMAL(9, 0)) * 0.1 AS "psm_bond_potential",
  CAST((
    DIV(
      (
        2000 * (
          40 - (
            CAST("card__bond__most" AS BIGINT) - "card__bond__least"
          )
        ) + 40
      ),
      80
    )
  ) AS DECIMAL(9, 0)) * 0.001 AS "psm_bond_known",
  CASE
    WHEN (
      DIV(
        (
          2000 * (
            40 - (
              CAST("card__bond__most" AS BIGINT) - "card__bond__least"
            )
          ) + 40
        ),
        80
      )
    ) < 250.00
    THEN 'unknown'
    WHEN (
      DIV((
        2000 * (
          CAST("card__bond__earned" AS BIGINT) - 0
        ) + 40
      ), 80)
    ) >= 500
    THEN 'client'
    WHEN (
      DIV((
        2000 * (
          CAST("card__bond__earned" AS BIGINT) - 0
        ) + 40
      ), 80)
    ) >= 0
    THEN 'customer'
  END AS "psm_bond_band",
  CASE "criterion__fit_small__verdict"
    WHEN TRUE
    THEN 'met'
    WHEN FALSE
    THEN 'not met'
    ELSE 'unknown'
  END AS "psm_fit_small",
  CASE "criterion__fit_gap__verdict"
    WHEN TRUE
    THEN 'met'
    WHEN FALSE
    THEN 'not met'
    ELSE 'unknown'
  END AS "psm_fit_gap",
  CASE "criterion__bond_old__verdict"
    WHEN TRUE
    THEN 'met'
    WHEN FALSE
    THEN 'not met'
    ELSE 'unknown'
  END AS "psm_bond_old",
  CASE "criterion__bond_wealthy__verdict"
    WHEN TRUE
    THEN 'met'
    WHEN FALSE
    THEN 'not met'
    ELSE 'unknown'
  END AS "psm_bond_wealthy",
  CASE "criterion__bond_trusted__verdict"
    WHEN TRUE
    THEN 'met'
    WHEN FALSE
    THEN 'not met'
    ELSE 'unknown'
  END AS "psm_bond_trusted",
  CASE "criterion__bond_advises__verdict"
    WHEN TRUE
    THEN 'met'
    WHEN FALSE
    THEN 'not met'
    ELSE 'unknown'
  END AS "psm_bond_advises"
FROM "ranked";
