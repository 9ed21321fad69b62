"""The SQL twin of egov/search/normalize.py, from built-in functions only: the embedded PostgreSQL has no unaccent.

Generated columns of words call these functions: organizations, on which every business app stands, names this
migration among its dependencies.
"""

from django.db import migrations

FOLD = r"""
    CREATE FUNCTION vi_fold(given text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN btrim(
        regexp_replace(
            translate(
                regexp_replace(normalize(given, NFKD), '[\u0300-\u036f]', '', 'g'),
                'ĐđABCDEFGHIJKLMNOPQRSTUVWXYZ', 'ddabcdefghijklmnopqrstuvwxyz'
            ),
            '[\u0001-/:-@\[-`{-\u00bf\u2000-\u206f\u3000-\u303f]+', ' ', 'g'
        ),
        ' '
    );
    COMMENT ON FUNCTION vi_fold(text) IS 'Small letters without Vietnamese accents, words apart by one space';
    CREATE FUNCTION vi_words(given text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN array_to_tsvector(array_remove(string_to_array(vi_fold(given), ' '), ''));
    COMMENT ON FUNCTION vi_words(text) IS 'The folded words of a text, for a search that finds beginnings of words';
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(FOLD, "DROP FUNCTION vi_words(text); DROP FUNCTION vi_fold(text);"),
    ]
