from django.core.paginator import Paginator


class KeyPaginator(Paginator):
    """Finds the keys of a page first, by an index alone, and reads only the rows that it shows.

    Otherwise page 1,000 would read, and join, all rows of the pages before it.
    """

    def page(self, number):
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = self.object_list.values_list("pk", flat=True)
        rows = list(keys[first : first + self.per_page])
        return self._get_page(self.object_list.filter(pk__in=rows), number, self)
