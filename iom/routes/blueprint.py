"""The blueprint of the teacher's route; view modules hang their views on it."""

from flask import Blueprint

bp = Blueprint("routes", __name__, url_prefix="/routes")
