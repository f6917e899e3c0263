"""How well it finds: questions over the first record and texts of our own, answers judged by reading."""

from statistics import mean

import pytest
from django.utils import timezone

from advocacy.search import query, results, vocabulary

from .judgements import JUDGED

pytestmark = pytest.mark.django_db

PRECISION, RECALL = 0.97, 0.95


def found(text: str, keys: dict) -> set[str]:
    asked = vocabulary.widened(query.read(text))
    return {keys[place] for place in results.best(asked, results.Choice(), "en", timezone.now())}


def test_what_is_found_is_what_was_asked_for_and_nearly_all_of_it(keys):
    assert len(JUDGED) >= 80
    assert set().union(*JUDGED.values()) <= {*keys.values()}, "a judgement of what is not there"
    precisions, recalls, wrong = [], [], []
    for text, relevant in JUDGED.items():
        answer = found(text, keys)
        right = answer & relevant
        precisions += [len(right) / len(answer)] if answer else []
        recalls.append(len(right) / len(relevant))
        if answer != relevant:
            wrong.append(
                f"{text}: missed {relevant - answer or '{}'}, beside it {answer - relevant}"
            )
    print(f"\n{len(JUDGED)} questions over {len(keys)} texts and files:", end=" ")
    print(f"precision {mean(precisions):.3f}, recall {mean(recalls):.3f}")
    print("\n".join(wrong))
    assert mean(precisions) >= PRECISION
    assert mean(recalls) >= RECALL
