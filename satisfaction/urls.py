"""Every address of call-backs, dissatisfaction reviews and figures; each screen declares its own."""

from satisfaction.board import urls as board
from satisfaction.calling import urls as calling
from satisfaction.dissatisfied import urls as dissatisfied
from satisfaction.statistics import urls as statistics

app_name = "satisfaction"
urlpatterns = [
    *calling.urlpatterns,
    *dissatisfied.urlpatterns,
    *board.urlpatterns,
    *statistics.urlpatterns,
]
