"""The table's stream, as Lambda hands it over."""

from typing import Any

Image = dict[str, Any]


def record(image: Image, number: int) -> dict[str, Any]:
    return {
        "eventID": str(number),
        "eventName": "INSERT",
        "dynamodb": {
            "ApproximateCreationDateTime": 1795167000.0,
            "Keys": {"pk": image["pk"], "sk": image["sk"]},
            "NewImage": image,
            "SequenceNumber": str(number),
        },
    }
